import type { ReadDocument } from '../core/policy/readDocument.ts';
import { weakenings } from '../core/policy/weakenings.ts';

/** One thing that a check tells of, at its place; line and column count from one. */
export type CheckFinding = {
  readonly kind: 'missing' | 'invalid' | 'unmatched' | 'weaker' | 'hint';
  /** Whether the check fails for it. */
  readonly fails: boolean;
  /** URI, until it is shown. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Of something that got weaker: the rule or exception concerned, and its line in the other commit where it is gone now. */
  readonly rule?: string;
  readonly baseLine?: number;
};

/** What makes a policy file invalid, and ignore files that could not be read and so hold everything. */
export function findProblems(tree: readonly ReadDocument[]): readonly CheckFinding[] {
  return tree.flatMap((one): readonly CheckFinding[] => {
    if (one.kind === 'invalid')
      return one.problems.map(({ file, line, column, message }) => ({
        kind: 'invalid',
        fails: true,
        file,
        line,
        column,
        message,
      }));
    const { content, file } = one.document;
    if (one.kind !== 'imported' || content.kind !== 'unreadable') return [];
    const message = `${content.why} Until then it holds every file of its folder.`;
    return [{ kind: 'invalid', fails: true, file, line: 1, column: 1, message }];
  });
}

/** What may go farther now than at the commit that `base` names. */
export function findWeakenings(
  { before, after }: { readonly before: readonly ReadDocument[]; readonly after: readonly ReadDocument[] },
  base: string,
): readonly CheckFinding[] {
  return weakenings(before, after).map(({ file, line, side, message, rule }) => ({
    kind: 'weaker',
    fails: true,
    file,
    line: side === 'after' ? line : 1,
    column: 1,
    message: `Weaker than ${base}: ${message}${side === 'before' ? ` (line ${line} there)` : ''}`,
    ...(rule === undefined ? {} : { rule }),
    ...(side === 'before' ? { baseLine: line } : {}),
  }));
}

import { fileKey } from './document.ts';
import type { ReadDocument } from './readDocument.ts';
import type { FileWeakening, Weakening } from './weakening.ts';
import { weakenedImported } from './weakenImported.ts';
import { weakenedRules } from './weakenRules.ts';
import { weakenedSettings } from './weakenSettings.ts';

/**
 * What would go farther under `after` than under `before`, statement by statement. Files pair up by their path. A file that
 * is not valid on either side is left out: on one side it never held, on the other it is an error of its own.
 */
export function weakenings(before: readonly ReadDocument[], after: readonly ReadDocument[]): readonly Weakening[] {
  return before.flatMap((old) => {
    const { file, layer } = old.document;
    const now = after.find((candidate) => fileKey(candidate.document) === fileKey(old.document));
    return compare(old, now).map((found) => ({ ...found, layer, file, heldBy: old.document.version }));
  });
}

function compare(old: ReadDocument, now: ReadDocument | undefined): readonly FileWeakening[] {
  if (old.kind === 'invalid' || now?.kind === 'invalid') return [];
  if (old.kind === 'imported') {
    if (now?.kind === 'imported') return weakenedImported(old.imported, now.imported);
    return [
      removed(
        `The ignore file is gone or only repeats the policy; its ${count(old.imported.patterns.length, 'pattern')} no longer hold.`,
      ),
    ];
  }
  if (now?.kind === 'policy') {
    return [...weakenedRules(old.policy, now.policy), ...weakenedSettings(old.policy, now.policy, old.layer)];
  }
  return [removed(`The policy file is gone; its ${count(old.policy.rules.length, 'rule')} no longer hold.`)];
}

function removed(message: string): FileWeakening {
  return { message, line: 1, side: 'before', lifts: [{ kind: 'file' }] };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

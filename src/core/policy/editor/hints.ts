import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import { hintCost } from './hintCost.ts';
import { hintExceptions } from './hintExceptions.ts';
import { hintMatches } from './hintMatches.ts';
import { hintShadows } from './hintShadows.ts';
import type { Outline } from './outline.ts';

export type HintContext = {
  /** Absent while the files are still being listed. */
  readonly coverage?: Coverage;
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** The folder of a nested policy below its workspace folder, `/` between names; absent at the root. */
  readonly base?: string;
};

/** What is worth a second look in a policy, in the order of its text: what neither the parser nor the schema can say. */
export function hintsFor(outline: Outline, context: HintContext): readonly Finding[] {
  const found = [
    ...hintCost(outline),
    ...hintShadows(outline),
    ...hintExceptions(outline, context),
    ...(context.coverage ? hintMatches(outline, { coverage: context.coverage, base: context.base }) : []),
  ];
  return found.sort((a, b) => a.offset - b.offset || a.length - b.length);
}

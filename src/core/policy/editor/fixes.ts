import type { Fix, FixContext } from './fix.ts';
import { fixEntry } from './fixEntry.ts';
import { fixFinding } from './fixFinding.ts';
import { fixKey } from './fixKey.ts';
import { fixPattern } from './fixPattern.ts';
import { fixSyntax } from './fixSyntax.ts';
import { fixValue } from './fixValue.ts';

/** What can be done about a remark, likeliest first. Nothing where only the author can know. */
export function fixesFor(context: FixContext): readonly Fix[] {
  if (context.finding) return fixFinding(context, context.finding);
  return [
    ...fixKey(context),
    ...fixValue(context),
    ...fixPattern(context),
    ...fixEntry(context),
    ...fixSyntax(context),
  ];
}

import { fitRest } from './fitRest.ts';
import { lineMode, onlyClosersFollow } from './lineMode.ts';
import { surroundings, type Spot } from './spot.ts';
import type { Known } from './suggestionCache.ts';

/** What is put before the user at one spot. */
export type Offer = {
  readonly suggestion: number;
  /** `\n` line ends; the editor turns them into its own. */
  readonly text: string;
  /** Characters right of the cursor that the text replaces. */
  readonly covers: number;
  /** Whether more of the same may come: a block of which only the first lines are there yet. */
  readonly growing: boolean;
};

/** The settled part of what is known, cut to a line or a block and fitted to the rest of the line. */
export function offerAt(spot: Spot, { suggestion, rest }: Known): Offer | undefined {
  const unsettled = suggestion.text.length - suggestion.settled;
  const final = rest.slice(0, Math.max(0, rest.length - unsettled));
  const around = surroundings(spot);
  const wantsBlock = suggestion.made.lines === 'multiple' || lineMode(spot, 'auto') === 'multiple';
  const block = wantsBlock && onlyClosersFollow(around.rest);
  const shown = block ? final : firstLine(final);
  if (shown === undefined || shown.trim() === '') return undefined;
  const fitted = fitRest(shown.trimEnd(), around.rest);
  return fitted && { suggestion: suggestion.id, ...fitted, growing: block && !suggestion.done };
}

/** Up to the end of the first line that holds anything. */
function firstLine(text: string): string | undefined {
  const content = text.search(/\S/);
  if (content < 0) return undefined;
  const end = text.indexOf('\n', content);
  return end < 0 ? text : text.slice(0, end);
}

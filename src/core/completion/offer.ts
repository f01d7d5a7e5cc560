import { cutClosed } from './cutClosed.ts';
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
  /** Whether more may come: only the first lines of a block are there so far. */
  readonly growing: boolean;
  /** Whether it is shown only until the model that was asked has spoken. */
  readonly standIn: boolean;
};

/** How much is shown at once; of a suggestion that was asked for by a command, all. */
export type Length = { readonly lines: 'auto' | 'single' | 'multiple'; readonly maxLines: number };

/** The settled part of what is known, cut to a line or a block and fitted to the rest of the line. */
export function offerAt(spot: Spot, { suggestion, rest }: Known, { lines, maxLines }: Length): Offer | undefined {
  const unsettled = suggestion.text.length - suggestion.settled;
  const settled = rest.slice(0, Math.max(0, rest.length - unsettled));
  const around = surroundings(spot);
  const block = suggestion.made.lines === 'multiple' || lineMode(spot, lines) === 'multiple';
  const wanted = suggestion.made.explicit ? Infinity : maxLines;
  const most = block && onlyClosersFollow(around.rest) ? wanted : 1;
  const shown = firstLines(cutClosed(settled, spot), most);
  if (shown === '') return undefined;
  const fitted = fitRest(shown, around.rest);
  const growing = suggestion.end === undefined && countLines(shown) < most;
  return fitted && { suggestion: suggestion.id, ...fitted, growing, standIn: suggestion.made.standIn };
}

/** Lines of a text from the first that holds anything. */
export function countLines(text: string): number {
  const content = text.trim();
  return content === '' ? 0 : content.split('\n').length;
}

/** Up to so many lines, counted from the first that holds anything, without the white space at the end. */
function firstLines(text: string, most: number): string {
  let end = text.search(/\S/);
  for (let line = 0; line < most && end >= 0; line++) end = text.indexOf('\n', end + 1);
  return (end < 0 ? text : text.slice(0, end)).trimEnd();
}

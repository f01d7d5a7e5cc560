import { longLine } from '../gate.ts';
import { dropControl } from './control.ts';
import { dropEcho } from './echo.ts';
import { cutForeign, dropFileName } from './foreign.ts';
import { fitIndentation } from './indentation.ts';
import { heldBack } from './hold.ts';
import { cutRepetition, loopIn, trailsOff } from './repetition.ts';
import { cutScope } from './scope.ts';
import { cutAtBelow } from './below.ts';
import type { Place } from './place.ts';
import { dropUnseen, wholeLines } from './unseen.ts';

/** What of a model's answer is fit to show. */
export type Cleaned = {
  /** `\n` line ends. */
  readonly text: string;
  /** How much of the text is final: whole lines, and everything once the model is done or the text has its end. */
  readonly settled: number;
  /** Nothing that the model may add will be shown: it can be told to stop. */
  readonly ended: boolean;
};

/**
 * Runs every filter over what came so far, `done` telling whether more may come. What nobody would see goes first, with
 * control words and reasoning, then what the model repeats of its prompt, then indentation is fitted; after that whole lines
 * are cut where they grow too long, where the block ends, where the text below the cursor begins and where the model turns
 * in circles.
 */
export function clean(raw: string, place: Place, { done }: { done: boolean }): Cleaned {
  const endless = raw.length > mostUnits;
  const seen = dropUnseen(endless ? wholeLines(raw.slice(0, mostUnits)) : raw, place);
  const control = dropControl(seen.text, place);
  const over = endless || seen.ended || control.ended;
  if (control.held) return { text: '', settled: 0, ended: over };
  const final = done || over;
  const front = fitIndentation(dropEcho(dropFileName(control.text, place), place), place);
  const whole = final ? front.length : front.lastIndexOf('\n') + 1;
  const settled = front.slice(0, whole);
  let text = settled;
  for (const filter of filters) text = filter(text, place);
  const ended = over || text.length < settled.length;
  if (done || ended) return { text, settled: text.length, ended };
  const line = front.slice(whole);
  const loop = trailsOff(control.text) || line.length > longLine ? 0 : loopIn(line);
  if (loop === undefined) return { text: text + line, settled: text.length - heldBack(text, place), ended: false };
  const rest = `${text}${line.slice(0, loop)}`.trimEnd();
  return { text: rest, settled: rest.length, ended: true };
}

/** UTF-16 units, many times what a model is allowed to say: one that keeps to no limit is not heard to its end. */
const mostUnits = 16_384;

const filters: readonly ((text: string, place: Place) => string)[] = [
  cutLongLine,
  cutForeign,
  cutRepetition,
  cutAtBelow,
  cutScope,
];

/** Cuts before a line that nobody would write: where one stands, nothing is asked for either. */
function cutLongLine(text: string): string {
  const lines = text.split('\n');
  const long = lines.findIndex((line) => line.length > longLine);
  return long < 0 ? text : lines.slice(0, long).join('\n').trimEnd();
}

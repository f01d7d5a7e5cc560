import { dropControl } from './control.ts';
import { dropEcho } from './echo.ts';
import { cutForeign, dropFileName } from './foreign.ts';
import { fitIndentation } from './indentation.ts';
import { heldBack } from './hold.ts';
import { cutRepetition, loopIn, trailsOff } from './repetition.ts';
import { cutScope } from './scope.ts';
import { cutAtBelow } from './below.ts';
import type { Place } from './place.ts';

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
 * Runs every filter over what came so far, `done` telling whether more may come. Control words and reasoning go first, then
 * what the model repeats of its prompt, then indentation is fitted; after that whole lines are cut where the block ends,
 * where the text below the cursor begins and where the model turns in circles.
 */
export function clean(raw: string, place: Place, { done }: { done: boolean }): Cleaned {
  const control = dropControl(raw.replaceAll('\r\n', '\n'), place);
  if (control.held) return { text: '', settled: 0, ended: false };
  const final = done || control.ended;
  const front = fitIndentation(dropEcho(dropFileName(control.text, place), place), place);
  const whole = final ? front.length : front.lastIndexOf('\n') + 1;
  const settled = front.slice(0, whole);
  let text = settled;
  for (const filter of filters) text = filter(text, place);
  const ended = control.ended || text.length < settled.length;
  if (done || ended) return { text, settled: text.length, ended };
  const line = front.slice(whole);
  const loop = trailsOff(control.text) ? 0 : loopIn(line);
  if (loop === undefined) return { text: text + line, settled: text.length - heldBack(text, place), ended: false };
  const rest = `${text}${line.slice(0, loop)}`.trimEnd();
  return { text: rest, settled: rest.length, ended: true };
}

const filters: readonly ((text: string, place: Place) => string)[] = [cutForeign, cutRepetition, cutAtBelow, cutScope];

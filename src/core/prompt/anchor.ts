import { labelled, reveal, type Labelled } from '../label/labelled.ts';
import { linesBelow, surroundings, type Spot } from '../completion/spot.ts';
import { restUnits, type PromptBudget } from './budget.ts';

/**
 * Where the prompt's windows stand in a document, kept from one request to the next: a server re-uses what it evaluated
 * only as far as the new prompt begins like the old one.
 */
export type PromptAnchor = WindowAnchor & {
  /** Whether anything was completed there, not only evaluated ahead of need. */
  readonly typed: boolean;
  /** What the windows were cut by, and the pieces of other files that stood before them. */
  readonly budget: PromptBudget;
  readonly context: readonly { readonly title: string; readonly text: Labelled }[];
};

export type WindowAnchor = {
  /** First offset of the prefix window and the text found there, by which it is found again after edits above it. */
  readonly start: number;
  readonly mark: Labelled;
  /** What was sent as text below the cursor's line, with the lines that it began with. */
  readonly below: Labelled;
  readonly belowKey: Labelled;
};

export type Windows = {
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
  readonly anchor: WindowAnchor;
};

/**
 * What is evaluated ahead of need. Where somebody has written they go on where the cursor is: it ends there. Elsewhere they
 * may begin anywhere, and it goes on past the cursor as far as the budget reaches. There is no suffix yet. Stays in core.
 */
export function aheadWindow(spot: Spot, anchor: PromptAnchor | undefined, budget: PromptBudget): Windows {
  const windows = windowsAt(spot, anchor, budget);
  if (anchor?.typed === true) return { ...windows, suffix: '' };
  const { text } = surroundings(spot);
  return { ...windows, prefix: unix(text.slice(windows.start, windows.start + budget.prefix)), suffix: '' };
}

/**
 * Cuts prefix and suffix out of the document, with `\n` line ends. The prefix keeps its start until it outgrows the budget
 * and then moves by a third of it; the suffix stays as it was until its first lines change or one of its lines is gone, and ends where
 * it must on a line that is too long. Stays in core.
 */
export function windowsAt(spot: Spot, anchor: WindowAnchor | undefined, budget: PromptBudget): Windows {
  const around = surroundings(spot);
  const { text } = around;
  const { label } = spot.document.text;
  const start = prefixStart(text, spot.offset, { anchor, budget: budget.prefix });
  const key = linesBelow(around, 3).join('\n');
  const kept = anchor && reveal(anchor.belowKey) === key ? reveal(anchor.below) : undefined;
  const below =
    kept !== undefined && kept.length <= budget.suffix && stillStands(kept, text.slice(around.lineEnd))
      ? kept
      : belowWindow(text.slice(around.lineEnd, around.lineEnd + budget.suffix * 2), budget.suffix);
  const rest = around.rest.slice(0, Math.max(restUnits, budget.suffix));
  return {
    prefix: unix(text.slice(start, spot.offset)),
    suffix: rest.length < around.rest.length ? rest : rest + below,
    start,
    anchor: {
      start,
      mark: labelled(text.slice(start, start + markLength), label),
      below: labelled(below, label),
      belowKey: labelled(key, label),
    },
  };
}

/** Whether the prefix of two prompts begins with the same text, wherever that stands. */
export function beginsAlike(a: WindowAnchor, b: WindowAnchor): boolean {
  return (a.start === 0) === (b.start === 0) && (a.start === 0 || reveal(a.mark) === reveal(b.mark));
}

const markLength = 80;

function prefixStart(
  text: string,
  offset: number,
  { anchor, budget }: { anchor: WindowAnchor | undefined; budget: number },
): number {
  const old = anchor && findAgain(text, anchor);
  if (old !== undefined && old <= offset && offset - old <= budget && (old === 0 || offset - old >= budget / 3))
    return old;
  if (offset <= budget) return 0;
  const wanted = offset - Math.floor((budget * 2) / 3);
  const border = text.indexOf('\n', wanted);
  return border >= 0 && border < offset - budget / 3 ? border + 1 : wanted;
}

function findAgain(text: string, { start, mark }: WindowAnchor): number | undefined {
  const wanted = reveal(mark);
  if (start === 0) return 0;
  if (wanted === '' || text.startsWith(wanted, start)) return start;
  const from = Math.max(0, start - 20_000);
  const found = text.slice(from, start + 20_000).indexOf(wanted);
  return found < 0 ? undefined : from + found;
}

/**
 * Whether each line of what was sent as text below still stands there. What was taken out of a document, or stood in another
 * file under its name, is no text of it any more and goes nowhere under its label.
 */
function stillStands(sent: string, text: string): boolean {
  if (unix(text.slice(0, sent.length * 2)).startsWith(sent)) return true;
  const lines = unix(text).split('\n');
  const all = new Set(lines);
  const whole = sent.split('\n');
  const cutLine = whole.pop() ?? '';
  return whole.every((line) => all.has(line)) && lines.some((line) => line.startsWith(cutLine));
}

/** Whole lines within the budget; the first of them is the end of the cursor's own line. */
function belowWindow(text: string, budget: number): string {
  const below = unix(text);
  if (below.length <= budget) return below;
  const border = below.lastIndexOf('\n', budget);
  return border > 0 ? below.slice(0, border + 1) : below.slice(0, budget);
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

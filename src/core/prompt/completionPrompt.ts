import { joinLabels, labelled, reveal, type Label, type Labelled } from '../label/labelled.ts';
import { surroundings, type Spot } from '../completion/spot.ts';
import { aheadWindow, beginsAlike, windowsAt, type PromptAnchor, type Windows } from './anchor.ts';
import { barePath } from './barePath.ts';
import type { PromptBudget } from './budget.ts';
import type { FimTemplate } from './fimFamilies.ts';
import { holdBudget } from './holdBudget.ts';
import { likelyTokens } from './likelyTokens.ts';
import type { LabelledPrompt, Part, PromptOptions } from './labelledPrompt.ts';

/** A piece of another file that helps here, ready before it is needed. `title` is its path, with a line range if any. */
export type ContextPiece = { readonly title: string; readonly text: Labelled };

export type PromptPlan = {
  readonly spot: Spot;
  /** In the order in which they shall stand; the same pieces in the same order keep the server's cache. */
  readonly context: readonly ContextPiece[];
  /** What the prompt before for this document came with. */
  readonly anchor: PromptAnchor | undefined;
  /** What a prompt may take that begins anew; one that goes on like the one before keeps to that one's. */
  readonly budget: PromptBudget;
};

export type BuiltPrompt = { readonly prompt: LabelledPrompt; readonly anchor: PromptAnchor };

/** Builds the prompt for a completion, or for warming up where one is expected. Context beyond its budget is left out. */
export function completionPrompt(plan: PromptPlan, intent: 'completion' | 'warm', options: PromptOptions): BuiltPrompt {
  const { spot, context } = plan;
  const { windows, budget } = cut(plan, intent === 'warm' ? aheadWindow : windowsAt);
  const { label } = spot.document.text;
  const own = (role: 'prefix' | 'suffix', text: string): Part => ({
    id: role,
    role,
    title: `${spot.document.display}:${lineRange(spot, windows.start, role)}`,
    text: labelled(text, label),
    required: true,
  });
  return {
    prompt: {
      intent,
      parts: [...contextParts(context, budget.context), own('prefix', windows.prefix), own('suffix', windows.suffix)],
      options: { ...options, document: spot.document.uri, language: spot.document.languageId },
    },
    anchor: { ...windows.anchor, budget, context, typed: intent === 'completion' || plan.anchor?.typed === true },
  };
}

/** Whether two lists of pieces would stand in a prompt as the same text under the same labels, whichever lines they are. */
export function samePieces(a: readonly ContextPiece[], b: readonly ContextPiece[]): boolean {
  return a.length === b.length && a.every((piece, index) => isSame(piece, b[index]));
}

/** The label of everything in a prompt. */
export function promptLabel(prompt: LabelledPrompt): Label {
  return joinLabels(prompt.parts.map((part) => part.text.label));
}

/** How many characters of a prompt stand at the start of another as well, in the family's order: what a server re-uses. */
export function sharedChars(
  before: LabelledPrompt | undefined,
  now: LabelledPrompt,
  order: FimTemplate['order'],
): { shared: number; total: number } {
  const text = inOrder(now, order);
  const old = before ? inOrder(before, order) : '';
  const most = Math.min(text.length, old.length);
  let shared = 0;
  while (shared < most && text.charCodeAt(shared) === old.charCodeAt(shared)) shared++;
  return { shared, total: text.length };
}

/** Another budget moves the beginning of a prompt: it is taken only where that moves in any case, or no longer fits. */
function cut({ spot, context, anchor, budget }: PromptPlan, windowsFor: typeof aheadWindow): Cut {
  if (anchor && samePieces(anchor.context, context)) {
    const held = holdBudget(anchor.budget, budget);
    const windows = windowsFor(spot, anchor, held);
    if (beginsAlike(windows.anchor, anchor) && excess(windows, context, held) <= 1) return { windows, budget: held };
  }
  let last: Cut = { windows: windowsFor(spot, anchor, budget), budget };
  // What is left near the cursor may be denser than what went.
  for (let tries = 0; tries < 4; tries++) {
    const over = excess(last.windows, context, last.budget);
    if (over <= 1) break;
    const less = shrunk(last.budget, over * 1.1);
    last = { windows: windowsFor(spot, anchor, less), budget: less };
  }
  return last;
}

type Cut = { readonly windows: Windows; readonly budget: PromptBudget };

/** How many times over the window a prompt may be, of a text whose tokens are shorter than what was measured. */
function excess({ prefix, suffix }: Windows, context: readonly ContextPiece[], budget: PromptBudget): number {
  const { charsPerToken, most } = budget;
  const others = contextParts(context, budget.context).map(({ text }) => reveal(text));
  const tokens = [prefix, suffix, ...others].reduce((sum, text) => sum + likelyTokens(text, charsPerToken), 0);
  return tokens / (most / charsPerToken);
}

function shrunk(budget: PromptBudget, times: number): PromptBudget {
  const { prefix, suffix, context } = budget;
  const less = (units: number): number => Math.floor(units / times);
  return { ...budget, prefix: less(prefix), suffix: less(suffix), context: less(context) };
}

function isSame(a: ContextPiece, b: ContextPiece | undefined): boolean {
  if (!b || barePath(a.title) !== barePath(b.title)) return false;
  return a.text.label.reach === b.text.label.reach && reveal(a.text) === reveal(b.text);
}

function contextParts(context: readonly ContextPiece[], units: number): readonly Part[] {
  let room = units;
  return context.flatMap((piece, index) => {
    const size = piece.title.length + piece.text.length;
    if (size > room) return [];
    room -= size;
    return [
      { id: `context-${index}`, role: 'context', title: piece.title, text: piece.text, required: false } satisfies Part,
    ];
  });
}

function inOrder({ parts }: LabelledPrompt, order: FimTemplate['order']): string {
  const text = (role: Part['role']): string =>
    parts
      .filter((part) => part.role === role)
      .map((part) => reveal(part.text))
      .join('\n');
  return order === 'prefix-first'
    ? text('context') + text('prefix') + text('suffix')
    : text('suffix') + text('context') + text('prefix');
}

/** Lines from one, as people count; the suffix's end is not told, it depends on the budget. */
function lineRange(spot: Spot, start: number, role: 'prefix' | 'suffix'): string {
  const { text } = surroundings(spot);
  const line = countLines(text, spot.offset);
  return role === 'prefix' ? `${countLines(text, start)}-${line}` : `${line}`;
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

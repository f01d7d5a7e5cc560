import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import { learn, unmeasured, type Speed } from '../core/completion/speed.ts';
import type { Zone } from '../core/label/reach.ts';
import type { DocumentSnapshot } from '../core/completion/documentSnapshot.ts';
import type { Spot } from '../core/completion/spot.ts';
import { budgetFor } from '../core/prompt/budget.ts';
import { completionPrompt, samePieces, sharedChars, type ContextPiece } from '../core/prompt/completionPrompt.ts';
import type { PromptAnchor } from '../core/prompt/anchor.ts';
import type { FimTemplate } from '../core/prompt/fimFamilies.ts';
import type { LabelledPrompt, PromptOptions } from '../core/prompt/labelledPrompt.ts';
import type { Measured } from './completeInlineGenerate.ts';
import type { FitModel } from './completeInlineModels.ts';
import type { InlineCompletionPorts } from './completeInlinePorts.ts';

/** A prompt ready to be sent, with how much of it the model's server has seen before, in characters. */
export type DeskPrompt = {
  readonly prompt: LabelledPrompt;
  readonly order: FimTemplate['order'];
  readonly shared: number;
  readonly total: number;
};

/** After this long without a key the other files are looked at again, in milliseconds: never in the middle of a line. */
const idleMs = 3_000;

/**
 * Builds prompts so that each begins like the one before: remembers the windows of every document, the context as it was
 * frozen for it, and how fast each model has been.
 */
export function createPromptDesk({ clock, context }: Pick<InlineCompletionPorts, 'clock' | 'context'>) {
  const anchors = new Map<string, PromptAnchor>();
  const speeds = new Map<string, Speed>();
  const last = new Map<string, LabelledPrompt>();
  let frozen: { readonly uri: string; readonly zone: Zone; readonly pieces: readonly ContextPiece[] } | undefined;
  let lastUse = -Infinity;
  let lastUri: string | undefined;
  let lastModel: string | undefined;

  const contextFor = (spot: Spot, { intent, facts }: Addressee): readonly ContextPiece[] => {
    // Warming up is done at rest, and so that what changed is paid for there.
    const idle = intent === 'warm' || clock.now() - lastUse > idleMs;
    if (frozen?.uri !== spot.document.uri || idle) {
      const { zone } = facts;
      frozen = { uri: spot.document.uri, zone, pieces: context(spot.document, zone) };
    }
    lastUse = clock.now();
    return frozen.pieces;
  };
  const speedOf = (model: ModelRef): Speed => speeds.get(formatModelRef(model)) ?? unmeasured;
  return {
    build: (spot: Spot, to: Addressee, options: PromptOptions): DeskPrompt => {
      const { facts, model, intent } = to;
      const { uri, text } = spot.document;
      const pieces = contextFor(spot, to);
      const available = pieces.reduce((sum, piece) => sum + piece.text.length, text.length);
      const budget = budgetFor(facts.order, speedOf(model), { ...facts, maxTokens: options.maxTokens, available });
      const plan = { spot, context: pieces, anchor: anchors.get(uri), budget };
      const built = completionPrompt(plan, intent, options);
      anchors.set(uri, built.anchor);
      lastUri = uri;
      lastModel = formatModelRef(model);
      const { shared, total } = sharedChars(last.get(formatModelRef(model)), built.prompt, facts.order);
      last.set(formatModelRef(model), built.prompt);
      return { prompt: built.prompt, order: facts.order, shared, total };
    },
    speedOf,
    learn: (model: ModelRef, { shared, total }: DeskPrompt, measured: Measured): void => {
      const sample = { ...measured, promptChars: total, newChars: total - shared };
      speeds.set(formatModelRef(model), learn(speedOf(model), sample));
    },
    /** Whether the last prompt was for this document with the context that it has now, so that a server still has it. */
    isCurrent: (document: DocumentSnapshot): boolean =>
      lastUri === document.uri && frozen !== undefined && samePieces(frozen.pieces, context(document, frozen.zone)),
    /** Something else has filled the model's cache: its next prompt is evaluated from the start. */
    forget: (model: ModelRef): void => {
      last.delete(formatModelRef(model));
      if (lastModel === formatModelRef(model)) lastUri = undefined;
    },
    /** A key keeps the context frozen for a while longer. */
    touch: (): void => void (lastUse = clock.now()),
  };
}

export type PromptDesk = ReturnType<typeof createPromptDesk>;

type Addressee = {
  readonly model: ModelRef;
  readonly facts: FitModel;
  readonly intent: 'completion' | 'warm';
};

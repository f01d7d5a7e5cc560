import { learn, learnTooLong, unmeasured, type Speed } from '../../core/completion/speed.ts';
import { surroundings, type Spot } from '../../core/completion/spot.ts';
import { formatModelRef, sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { PromptAnchor } from '../../core/prompt/anchor.ts';
import { budgetFor } from '../../core/prompt/budget.ts';
import { completionPrompt, samePieces, sharedChars, type ContextPiece } from '../../core/prompt/completionPrompt.ts';
import type { FimTemplate } from '../../core/prompt/fimFamilies.ts';
import type { LabelledPrompt, PromptOptions } from '../../core/prompt/labelledPrompt.ts';
import type { Measured } from './generate.ts';
import type { FitModel } from './models.ts';
import type { InlineCompletionPorts } from './ports.ts';

/** A prompt ready to be sent, with how much of it the model's server has seen before, in characters. */
export type DeskPrompt = {
  readonly prompt: LabelledPrompt;
  readonly order: FimTemplate['order'];
  readonly shared: number;
  readonly total: number;
  /** Of which document it tells, and to whom. */
  readonly uri: string;
  readonly to: Addressee;
};

/** After this long without a key the other files are looked at again, in milliseconds, but never in the middle of a line. */
const idleMs = 3_000;
/** So many documents keep the windows and the budget of their last prompt: a server keeps no more prompts than a few. */
const documentsKept = 8;
/** So many tokens are evaluated as soon as they are needed; more are worth evaluating ahead. */
const fewTokens = 160;
/** Room that is kept for an answer, in tokens, whatever it is for: other windows would begin elsewhere. */
const answerTokens = 512;

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
  let latest: { readonly uri: string; readonly to: Addressee } | undefined;

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
  const compose = (spot: Spot, to: Addressee, { pieces, options }: Contents) => {
    const { facts, model, intent } = to;
    const { uri, text } = spot.document;
    const available = pieces.reduce((sum, piece) => sum + piece.text.length, text.length);
    const budget = budgetFor(facts.order, speedOf(model), { ...facts, maxTokens: answerTokens, available });
    const plan = { spot, context: pieces, anchor: anchors.get(uri), budget };
    const { prompt, anchor } = completionPrompt(plan, intent, { ...options, within: facts.zone });
    const { shared, total } = sharedChars(last.get(formatModelRef(model)), prompt, facts.order);
    return { anchor, desk: { prompt, order: facts.order, shared, total, uri, to } };
  };
  return {
    build: (spot: Spot, to: Addressee, options: PromptOptions): DeskPrompt => {
      const { anchor, desk } = compose(spot, to, { pieces: contextFor(spot, to), options });
      anchors.delete(desk.uri);
      anchors.set(desk.uri, anchor);
      for (const oldest of anchors.keys()) if (anchors.size > documentsKept) anchors.delete(oldest);
      return desk;
    },
    /** The same for an engine that keeps nothing: the prompts of the model that it stands in for go on as they were. */
    glance: (spot: Spot, to: Addressee, options: PromptOptions): DeskPrompt =>
      compose(spot, to, { pieces: contextFor(spot, to), options }).desk,
    /** A prompt was read to its end: the model has spoken. */
    evaluated: ({ prompt, uri, to }: DeskPrompt): void => {
      latest = { uri, to };
      last.set(formatModelRef(to.model), prompt);
    },
    speedOf,
    learn: ({ to: { model }, shared, total }: DeskPrompt, measured: Measured): void => {
      const sample = { ...measured, promptChars: total, newChars: total - shared };
      speeds.set(formatModelRef(model), learn(speedOf(model), sample));
    },
    tooLong: ({ to: { model, facts }, total }: DeskPrompt): void => {
      const sample = { chars: total, tokens: facts.contextLength };
      speeds.set(formatModelRef(model), learnTooLong(speedOf(model), sample));
    },
    /** Whether a server has nearly all that the next prompt at a place begins with, with the context that there is now. */
    isWarm: (spot: Spot): boolean => {
      const { uri } = spot.document;
      if (latest?.uri !== uri || !frozen || !samePieces(frozen.pieces, context(spot.document, frozen.zone)))
        return false;
      const to: Addressee = { ...latest.to, intent: 'completion' };
      const { shared, total } = compose(spot, to, { pieces: frozen.pieces, options: { maxTokens: 1 } }).desk;
      return (total - shared) / speedOf(to.model).charsPerToken < fewTokens;
    },
    /** Something else has filled the model's cache: its next prompt is evaluated from the start. */
    forget: (model: ModelRef): void => {
      last.delete(formatModelRef(model));
      if (latest && sameModel(latest.to.model, model)) latest = undefined;
    },
    /** The policy changed: no piece is told under the label that it had before. */
    reset: (): void => void (frozen = undefined),
    /**
     * A key keeps the context frozen for a while longer; one at the start of a line, after a rest, has it chosen anew. True where
     * that is other context than the last prompt for the document had: what was said by it may no longer hold.
     */
    touch: (spot: Spot): boolean => {
      const { document } = spot;
      const rested = clock.now() - lastUse > idleMs;
      lastUse = clock.now();
      const before = anchors.get(document.uri)?.context;
      if (!rested || !before || !frozen || !startsLine(spot)) return false;
      frozen = { uri: document.uri, zone: frozen.zone, pieces: context(document, frozen.zone) };
      return !samePieces(before, frozen.pieces);
    },
  };
}

export type PromptDesk = ReturnType<typeof createPromptDesk>;

type Addressee = {
  readonly model: ModelRef;
  readonly facts: FitModel;
  readonly intent: 'completion' | 'warm';
};

function startsLine(spot: Spot): boolean {
  return surroundings(spot).head.trim() === '';
}

type Contents = { readonly pieces: readonly ContextPiece[]; readonly options: PromptOptions };

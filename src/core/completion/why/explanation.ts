import type { Receipt } from '../../audit/receipt.ts';
import type { ModelRef } from '../../exchange/model.ts';
import type { BackendError } from '../../exchange/stream.ts';
import type { Refusal, Verdict } from '../../exchange/verdict.ts';
import type { FimTemplate } from '../../prompt/fimFamilies.ts';
import type { LabelledPrompt } from '../../prompt/labelledPrompt.ts';
import type { ZoneProof } from '../../zone/evidence.ts';
import type { GateReason } from '../gate.ts';
import type { LineMode } from '../lineMode.ts';

/** How the last question of the editor was answered, and what that took. What text there is stays labelled. */
export type Explanation = {
  /** Absent before the first question. */
  readonly last?: Answered;
  /** The last suggestion that was put before the user, where the last question brought none. */
  readonly before?: Answered;
  readonly counters: Counters;
};

/** One question of the editor. */
export type Answered = {
  readonly place: FileLine;
  readonly outcome: Outcome;
  /** The request that the answer came from, or the one that brought none; absent where nothing was asked for. */
  readonly request?: ExplainedRequest;
  /** What kept another model, which would have come first, from answering. */
  readonly instead?: Trouble;
};

/** The path that the user reads, and the line counted from one. */
export type FileLine = { readonly file: string; readonly line: number };

export type Outcome =
  /** `shownMs` is from the key to the offer. */
  | { readonly kind: 'shown'; readonly route: Route; readonly shownMs: number }
  | { readonly kind: 'nothing'; readonly because: Nothing };

export const routes = ['fresh', 'joined', 'typed', 'kept', 'ahead', 'meanwhile'] as const;

/**
 * How a suggestion came to be shown. `fresh`: it was asked for at this very key. `joined`: it was under way already. `typed`:
 * the user is typing what was shown before. `kept`: it had been said for this place before. `ahead`: it was asked for while
 * what comes before it was on screen. `meanwhile`: the engine in this process said it, before a model had spoken.
 */
export type Route = (typeof routes)[number];

/** What kept a model from answering. `still`: it happened before this question, and the model is left alone for a while. */
export type Trouble = { readonly model: ModelRef; readonly still: boolean } & (
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: BackendError }
  | { readonly kind: 'unfit'; readonly why: string }
);

/** Why a question brought nothing. */
export type Nothing =
  | { readonly kind: 'closed'; readonly reason: GateReason }
  | { readonly kind: 'unwanted'; readonly reason: Unwanted }
  | { readonly kind: 'by hand' }
  | { readonly kind: 'no model' }
  | Trouble
  /** The model spoke, and nothing of it was fit to be shown. */
  | { readonly kind: 'filtered' }
  | { readonly kind: 'silent' }
  /** What is known here has been typed already, or was waved away. */
  | { readonly kind: 'spent' }
  | { readonly kind: 'typed on' }
  | { readonly kind: 'waiting' };

/** A switch that keeps suggestions out of a document; `scope` says whose settings do. */
export type Unwanted =
  | { readonly kind: 'off'; readonly scope: SettingScope }
  | { readonly kind: 'editor off' }
  | { readonly kind: 'snoozed'; readonly until: number }
  | { readonly kind: 'language'; readonly language: string; readonly scope: SettingScope }
  | { readonly kind: 'excluded'; readonly pattern: string; readonly scope: SettingScope }
  | { readonly kind: 'aside' }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'not read yet' };

export type SettingScope = 'user' | 'workspace';

export type ExplainedRequest = {
  readonly model: ModelRef;
  readonly lines: LineMode;
  readonly prompt: LabelledPrompt;
  readonly order: FimTemplate['order'];
  /** UTF-16 units of the prompt, and how many of them the server had evaluated before by our own count. */
  readonly totalChars: number;
  readonly sharedChars: number;
  readonly charsPerToken: number;
  readonly proof?: ZoneProof;
  readonly verdict?: Verdict;
  /** Absent while the request goes on. */
  readonly receipt?: Receipt;
  readonly times: Times;
  readonly end: 'running' | 'answered' | 'cancelled' | 'refused' | 'failed';
};

/** Milliseconds; absent where the request never came so far. */
export type Times = {
  /** From the key to the request: the pause, the queue, chat that goes first. */
  readonly wait: number;
  /** Until the destination was proved and the decision taken. */
  readonly prove?: number;
  /** Until the first text. `loaded`: the model was not in memory before. */
  readonly read?: number;
  readonly speak?: number;
  /** Within `speak`: cutting and cleaning what was said. */
  readonly filter: number;
  readonly loaded: boolean;
};

/** Since the window was opened. */
export type Counters = {
  readonly byRoute: Readonly<Record<Route, number>>;
  readonly keys: number;
  readonly questions: number;
  readonly requests: number;
  readonly cancelled: number;
  readonly refused: number;
  readonly failed: number;
  readonly warmed: number;
};

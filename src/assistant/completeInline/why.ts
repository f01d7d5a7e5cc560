import { keepNewest } from '../../core/completion/keepNewest.ts';
import type { LineMode } from '../../core/completion/lineMode.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { FimTemplate } from '../../core/prompt/fimFamilies.ts';
import type { LabelledPrompt } from '../../core/prompt/labelledPrompt.ts';
import type { GenerationEnd } from './generate.ts';
import type { DeskPrompt } from './prompts.ts';

/** Why a suggestion was made: what was asked, of whom, and what it cost. The prompt's text stays labelled. */
export type Why = {
  readonly suggestion: number;
  /** Said while the model that was asked is being loaded. */
  readonly standIn: boolean;
  readonly model: ModelRef;
  readonly lines: LineMode;
  readonly prompt: LabelledPrompt;
  readonly order: FimTemplate['order'];
  /** UTF-16 units of the prompt, and how many of them the server had evaluated before by our own count. */
  readonly totalChars: number;
  readonly sharedChars: number;
  readonly charsPerToken: number;
  /** Absent while the model still speaks. */
  readonly end?: GenerationEnd;
};

type Asked = Pick<Why, 'suggestion' | 'standIn' | 'model' | 'lines' | 'charsPerToken'>;

/** How many suggestions can be explained: their prompts are kept in memory for it. */
const kept = 16;

/** Remembers how the last suggestions came about. */
export function createWhyBook() {
  const book = new Map<number, Why>();
  let last: number | undefined;
  return {
    asked: (why: Asked, desk: DeskPrompt): void => {
      const { prompt, order, total, shared } = desk;
      if (!why.standIn) last = why.suggestion;
      book.set(why.suggestion, { ...why, prompt, order, totalChars: total, sharedChars: shared });
      keepNewest(book, kept);
    },
    ended: (suggestion: number, end: GenerationEnd): void => {
      const why = book.get(suggestion);
      if (why) book.set(suggestion, { ...why, end });
    },
    /** Of the request made last, where no suggestion is named. */
    of: (suggestion = last): Why | undefined => (suggestion === undefined ? undefined : book.get(suggestion)),
  };
}

export type WhyBook = ReturnType<typeof createWhyBook>;

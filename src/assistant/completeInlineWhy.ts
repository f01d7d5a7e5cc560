import type { ModelRef } from '../core/exchange/model.ts';
import type { Label } from '../core/label/labelled.ts';
import type { LineMode } from '../core/completion/lineMode.ts';
import type { PartRole } from '../core/prompt/labelledPrompt.ts';
import type { Measured } from './completeInlineGenerate.ts';
import type { DeskPrompt } from './completeInlinePrompts.ts';

/** Why a suggestion was made: what was asked, of whom, and what it cost. Never holds text. */
export type Why = {
  readonly suggestion: number;
  readonly model: ModelRef;
  readonly lines: LineMode;
  /** When it was asked for, in milliseconds of the clock. */
  readonly at: number;
  readonly parts: readonly WhyPart[];
  /** UTF-16 units of the prompt, and how many of them the server had evaluated before by our own count. */
  readonly totalChars: number;
  readonly sharedChars: number;
  readonly charsPerToken: number;
  /** Absent while the model still speaks, or when it was told to stop. */
  readonly measured?: Measured;
};

export type WhyPart = {
  readonly role: PartRole;
  readonly title: string;
  readonly chars: number;
  readonly label: Label;
};

/** How many suggestions can be explained. */
const kept = 64;

/** Remembers how the last suggestions came about. */
export function createWhyBook() {
  const book = new Map<number, Why>();
  return {
    asked: (why: Pick<Why, 'suggestion' | 'model' | 'lines' | 'at' | 'charsPerToken'>, desk: DeskPrompt): void => {
      const parts = desk.prompt.parts.map(({ role, title, text }) => ({
        role,
        title,
        chars: text.length,
        label: text.label,
      }));
      book.set(why.suggestion, { ...why, parts, totalChars: desk.total, sharedChars: desk.shared });
      const oldest = book.keys().next();
      if (book.size > kept && !oldest.done) book.delete(oldest.value);
    },
    answered: (suggestion: number, measured: Measured): void => {
      const why = book.get(suggestion);
      if (why) book.set(suggestion, { ...why, measured });
    },
    of: (suggestion: number): Why | undefined => book.get(suggestion),
  };
}

export type WhyBook = ReturnType<typeof createWhyBook>;

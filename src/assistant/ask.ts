import type { Guard } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { PartDecision, Refusal } from '../core/exchange/verdict.ts';
import type { Labelled } from '../core/label/labelled.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import type { LabelledPrompt, Part } from '../core/prompt/labelledPrompt.ts';

/** One question without a conversation around it. */
export type Question = {
  readonly prompt: Labelled;
  readonly attachments: readonly { readonly title: string; readonly text: Labelled }[];
  readonly model: ModelRef;
};

/** How a question ended. `dropped` are the parts held back; a refusal or a failure says why. */
export type Answered = {
  readonly receipt?: Receipt;
  readonly dropped: readonly PartDecision[];
  readonly refusal?: Refusal;
  readonly error?: BackendError;
};

/** Asks one question through the guard: yields the answer's text as it comes and returns how it ended. */
export async function* ask(
  guard: Guard,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<string, Answered, undefined> {
  let answered: Answered = { dropped: [] };
  for await (const event of guard.send(promptOf(question), question.model, signal)) {
    switch (event.kind) {
      case 'delta':
        yield event.text;
        break;
      case 'decided':
        answered = {
          ...answered,
          dropped: event.verdict.parts.filter((part) => part.decision === 'drop'),
          ...(event.verdict.kind === 'refuse' && { refusal: event.verdict.cause }),
        };
        break;
      case 'error':
        answered = { ...answered, error: event.error };
        break;
      case 'receipt':
        answered = { ...answered, receipt: event.receipt };
        break;
      case 'loading':
      case 'reasoning':
      case 'finish':
        break;
    }
  }
  return answered;
}

function promptOf({ prompt, attachments }: Question): LabelledPrompt {
  const attached = attachments.map(({ title, text }, index): Part => ({
    id: `attachment-${index}`,
    role: 'attachment',
    title,
    text,
    required: false,
  }));
  return {
    intent: 'chat',
    parts: [...attached, { id: 'prompt', role: 'user', title: 'your question', text: prompt, required: true }],
    options: { maxTokens: 2048 },
  };
}

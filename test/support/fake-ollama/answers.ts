import { continuation, plainChatAnswer } from '../fake-server/continuation.ts';
import type { AnswerRequest, FullAnswer } from './options.ts';
import type { OllamaState } from './state.ts';

/** What the model says: the test's own words, else a scripted or guessed continuation, else a plain chat answer. */
export function answerFor({ options }: OllamaState, request: AnswerRequest): FullAnswer {
  const answer = options.answer?.(request) ?? usual(options.chatAnswer, options.completions ?? [], request);
  return typeof answer === 'string' ? { text: answer } : answer;
}

function usual(
  chatAnswer: string | FullAnswer | undefined,
  completions: Parameters<typeof continuation>[1],
  request: AnswerRequest,
): string | FullAnswer {
  if (request.messages.length > 0) return chatAnswer ?? plainChatAnswer;
  return continuation(request.prompt, completions);
}

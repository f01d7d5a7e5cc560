import { reveal } from '../label/labelled.ts';
import type { OpenPart } from '../prompt/labelledPrompt.ts';
import type { EmbeddedIndex } from './embeddedIndex.ts';

/** What the engine says at a cursor, opened. */
export type OpenedAnswer = { readonly text: string; readonly wholeLine: boolean };

/**
 * Answers a completion prompt that the guard has opened. The answer comes out opened too: it is made in this process for
 * the document that stands in the prompt, and the engine itself carries nothing into a file that may go farther than the
 * files that taught it.
 */
export function answerOpened(
  index: Pick<EmbeddedIndex, 'complete'>,
  { uri, parts }: { readonly uri: string; readonly parts: readonly OpenPart[] },
): OpenedAnswer | undefined {
  const textOf = (role: OpenPart['role']): string => parts.find((part) => part.role === role)?.text ?? '';
  const answer = index.complete({ uri, prefix: textOf('prefix'), suffix: textOf('suffix') });
  return answer && { text: reveal(answer.text), wholeLine: answer.wholeLine };
}

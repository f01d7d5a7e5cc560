import { buildPrompt, type BuiltPrompt } from '../../core/chat/buildPrompt.ts';
import { listedModel, type ChatState } from '../../core/chat/chatState.ts';
import { findAnswer, type LeftOut } from '../../core/chat/conversation.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { LabelledPrompt, Part } from '../../core/prompt/labelledPrompt.ts';
import type { ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';

type Wanted = {
  readonly answer: string;
  readonly without: readonly LeftOut[];
  /** The model to build for, where it is another than the answer's. */
  readonly model?: ModelRef;
};

/** The prompt for an answer as the conversation stands, with what the user has agreed to send for it. */
export function promptFor(
  { settings }: ConversePorts,
  desk: ConverseDesk,
  { answer, without, model }: Wanted,
): BuiltPrompt {
  const { conversation, granted } = desk.state();
  const asked = model ?? findAnswer(conversation, answer)?.model;
  return buildPrompt({
    conversation,
    answer,
    without: new Set(without.map(({ id }) => id)),
    leaves: granted?.answer === answer ? granted.leaves : [],
    contextTokens: asked ? contextOf(desk.state(), asked, settings().contextLength) : settings().contextLength,
  });
}

/** A local server is given one context length for everything; a server beyond it says itself what a model can read. */
function contextOf(state: ChatState, model: ModelRef, configured: number): number {
  const known = listedModel(state, model)?.info.contextLength;
  const kind = state.board.find(({ backend }) => backend.id === model.backend)?.backend.kind;
  return kind === 'ollama' ? Math.min(known ?? configured, configured) : (known ?? 32_768);
}

/** The same prompt, where the parts that it cannot go without are those. With none of them it can only be looked at. */
export function requiring(prompt: LabelledPrompt, isRequired: (part: Part) => boolean): LabelledPrompt {
  return { ...prompt, parts: prompt.parts.map((part) => ({ ...part, required: isRequired(part) })) };
}

import { listedModel, type ChatState } from '../core/chat/chatState.ts';
import { buildPrompt } from '../core/chat/buildPrompt.ts';
import type { LeftOut } from '../core/chat/conversation.ts';
import { findAnswer } from '../core/chat/conversation.ts';
import { leaveOut, leftForRoom } from '../core/chat/leaveOut.ts';
import type { SendEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { LabelledPrompt } from '../core/prompt/labelledPrompt.ts';
import { servedWhere } from '../core/status/servedBy.ts';
import type { ConverseDesk } from './converseDesk.ts';
import type { ConversePorts } from './conversePorts.ts';

/**
 * Gets one answer that the conversation waits for. What may not go where the model runs is never dropped unseen: unless
 * the user has agreed to leave it out, the answer waits for a choice.
 */
export async function answerQuestion(
  { guard, settings }: ConversePorts,
  desk: ConverseDesk,
  { answer, signal }: { readonly answer: string; readonly signal: AbortSignal },
): Promise<void> {
  const model = findAnswer(desk.state().conversation, answer)?.model;
  if (!model) return;
  const contextTokens = contextOf(desk.state(), model, settings().contextLength);
  const build = (without: readonly LeftOut[]) =>
    buildPrompt({
      conversation: desk.state().conversation,
      answer,
      without: new Set(without.map(({ id }) => id)),
      contextTokens,
    });

  const { verdict, proof } = await guard.preview(build([]).prompt, model, signal);
  if (signal.aborted) return;
  const { zone } = verdict;
  // Without a proof the server could not be asked at all: sending will say why, and what helps.
  if (verdict.kind === 'refuse' && proof) return desk.happen({ kind: 'refused', answer, zone, refusal: verdict.cause });
  const { conversation } = desk.state();
  const items = leaveOut(conversation, answer, verdict.parts);
  if (items.some(({ id }) => !conversation.agreed.includes(id)))
    return desk.happen({ kind: 'withheld', answer, zone, items });

  const { prompt, tooOld } = build(items);
  const leftOut = [...items, ...leftForRoom(conversation, tooOld)];
  for await (const event of guard.send(whole(prompt), model, signal)) record(desk, { answer, leftOut }, event);
}

/** All that is left was said to go. Should that have changed since, nothing goes until the user knows. */
function whole(prompt: LabelledPrompt): LabelledPrompt {
  return { ...prompt, parts: prompt.parts.map((part) => ({ ...part, required: true })) };
}

function record(
  desk: ConverseDesk,
  { answer, leftOut }: { readonly answer: string; readonly leftOut: readonly LeftOut[] },
  event: SendEvent,
): void {
  switch (event.kind) {
    case 'decided': {
      const { verdict, label } = event;
      if (verdict.kind === 'allow')
        return desk.happen({ kind: 'sent', answer, label, leftOut, warnings: verdict.warnings ?? [] });
      const { zone, cause } = verdict;
      const items = leaveOut(desk.state().conversation, answer, verdict.parts);
      if (items.length > 0) return desk.happen({ kind: 'withheld', answer, zone, items: [...leftOut, ...items] });
      return desk.happen({ kind: 'refused', answer, zone, refusal: cause });
    }
    case 'loading':
      return desk.happen({ kind: 'loading', answer });
    case 'delta':
      return desk.happen({ kind: 'delta', answer, channel: 'text', text: event.text });
    case 'reasoning':
      return desk.happen({ kind: 'delta', answer, channel: 'thinking', text: event.text });
    case 'finish':
      return desk.happen({ kind: 'finished', answer, reason: event.reason });
    case 'error':
      return desk.happen({ kind: 'failed', answer, error: event.error });
    case 'receipt': {
      const { receipt } = event;
      if (receipt.verdict.kind === 'refuse' || !receipt.proof) return;
      const { proof, usage, durationMs, firstTokenMs, bytesOut, served } = receipt;
      return desk.happen({
        kind: 'served',
        answer,
        note: {
          zone: proof.zone,
          where: servedWhere(receipt),
          because: proof.because,
          served: served ?? { model: receipt.model.model },
          usage,
          durationMs,
          ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
          bytesOut,
        },
      });
    }
  }
}

/** A local server is given one context length for everything; a server beyond it says itself what a model can read. */
function contextOf(state: ChatState, model: ModelRef, configured: number): number {
  const known = listedModel(state, model)?.info.contextLength;
  const kind = state.board.find(({ backend }) => backend.id === model.backend)?.backend.kind;
  return kind === 'ollama' ? Math.min(known ?? configured, configured) : (known ?? 32_768);
}

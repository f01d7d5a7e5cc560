import { listedModel, type ChatState } from '../core/chat/chatState.ts';
import { buildPrompt, type BuiltPrompt } from '../core/chat/buildPrompt.ts';
import type { LeftOut } from '../core/chat/conversation.ts';
import { findAnswer } from '../core/chat/conversation.ts';
import { leaveOut, leftForRoom } from '../core/chat/leaveOut.ts';
import type { Preview, SendEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { Refusal, Verdict } from '../core/exchange/verdict.ts';
import type { LabelledPrompt } from '../core/prompt/labelledPrompt.ts';
import { servedWhere } from '../core/status/servedBy.ts';
import type { ConverseDesk } from './converseDesk.ts';
import type { ConversePorts } from './conversePorts.ts';

/**
 * Gets one answer that the conversation waits for. What may not go where the model runs is never dropped unseen: unless
 * the user has agreed to leave it out, the answer waits for a choice.
 */
export async function answerQuestion(
  ports: ConversePorts,
  desk: ConverseDesk,
  { answer, signal }: { readonly answer: string; readonly signal: AbortSignal },
): Promise<void> {
  const model = findAnswer(desk.state().conversation, answer)?.model;
  if (!model) return;
  const { guard } = ports;
  const { verdict, proof, offers } = await guard.preview(
    promptFor(ports, desk, { answer, without: [] }).prompt,
    model,
    signal,
  );
  if (signal.aborted) return;
  const { zone } = verdict;
  // Without a proof the server could not be asked at all: sending will say why, and what helps.
  if (verdict.kind === 'refuse' && proof && !isForTheUser(verdict.cause, offers))
    return desk.happen({ kind: 'refused', answer, zone, refusal: verdict.cause });
  const { conversation } = desk.state();
  const items = leaveOut(conversation, answer, verdict.parts);
  if (items.some(({ id }) => !conversation.agreed.includes(id)))
    return desk.happen({ kind: 'withheld', answer, zone, items });

  const { prompt, tooOld } = promptFor(ports, desk, { answer, without: items });
  const leftOut = [...items, ...leftForRoom(conversation, tooOld)];
  for await (const event of guard.send(whole(prompt), model, signal)) record(desk, { answer, leftOut }, event);
}

/** The question itself may not go, but the user may look at it and send it after all. */
function isForTheUser({ reason }: Refusal, offers: Preview['offers'] = []): boolean {
  return reason === 'required-part' && offers.length > 0;
}

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
        return desk.happen({ kind: 'sent', answer, label, leftOut, warnings: warningsOf(verdict) });
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
      // Nobody served what failed; the card says what went wrong.
      if (receipt.verdict.kind === 'refuse' || receipt.outcome.kind === 'failed' || !receipt.proof) return;
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

/** What the scan was not sure about, and what went beyond its reach because the user agreed. */
function warningsOf({ warnings = [], parts }: Extract<Verdict, { kind: 'allow' }>): readonly string[] {
  const agreed = parts.filter(({ declassified }) => declassified).map(({ title }) => title);
  return [...warnings, ...(agreed.length > 0 ? [`Sent after all, as you agreed: ${agreed.join(', ')}`] : [])];
}

/** A local server is given one context length for everything; a server beyond it says itself what a model can read. */
function contextOf(state: ChatState, model: ModelRef, configured: number): number {
  const known = listedModel(state, model)?.info.contextLength;
  const kind = state.board.find(({ backend }) => backend.id === model.backend)?.backend.kind;
  return kind === 'ollama' ? Math.min(known ?? configured, configured) : (known ?? 32_768);
}

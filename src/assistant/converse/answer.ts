import { findAnswer, questionOf, type LeftOut, type Question } from '../../core/chat/conversation.ts';
import { leaveOut, leftForRoom } from '../../core/chat/leaveOut.ts';
import type { Preview, SendEvent } from '../../core/exchange/guard.ts';
import type { Refusal, Verdict } from '../../core/exchange/verdict.ts';
import type { LabelledPrompt } from '../../core/prompt/labelledPrompt.ts';
import { servedWhere } from '../../core/status/servedBy.ts';
import type { ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';
import { promptFor, requiring } from './prompt.ts';

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
  const found = await guard.preview(asked(ports, desk, answer), model, signal);
  if (signal.aborted) return;
  const { conversation } = desk.state();
  // Where the server could not be asked at all, sending says why and what helps.
  const items = found.kind === 'decided' ? leaveOut(conversation, answer, found.verdict.parts) : [];
  if (found.kind === 'decided') {
    const { zone } = found.verdict;
    const refusal = refusalIn(found, questionOf(conversation, answer));
    if (refusal) return desk.happen({ kind: 'refused', answer, zone, refusal });
    if (items.some(({ id }) => !conversation.agreed.includes(id)))
      return desk.happen({ kind: 'withheld', answer, zone, items });
  }
  const { prompt, tooOld } = promptFor(ports, desk, { answer, without: items });
  const leftOut = [...items, ...leftForRoom(conversation, tooOld)];
  // All that is left was said to go. Should that have changed since, nothing goes until the user knows.
  const whole = requiring(prompt, () => true);
  for await (const event of guard.send(whole, model, signal)) record(desk, { answer, leftOut }, event);
}

/** The whole prompt. It cannot go without any part that the user has not agreed to leave out. */
function asked(ports: ConversePorts, desk: ConverseDesk, answer: string): LabelledPrompt {
  const { agreed } = desk.state().conversation;
  return requiring(promptFor(ports, desk, { answer, without: [] }).prompt, ({ id }) => !agreed.includes(id));
}

/** Why nothing can come of a question. What else may not go is for the user to decide about, and so is what may go after all. */
function refusalIn({ verdict, offers = [] }: Decided, question: Question | undefined): Refusal | undefined {
  if (verdict.kind === 'allow') return undefined;
  const held = verdict.parts.some(({ id, decision }) => id === question?.id && decision === 'drop');
  const isForTheUser = verdict.cause.reason === 'required-part' && (!held || offers.length > 0);
  return isForTheUser ? undefined : verdict.cause;
}

type Decided = Extract<Preview, { kind: 'decided' }>;

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

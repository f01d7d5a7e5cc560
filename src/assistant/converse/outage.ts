import { findAnswer, type Answer, type StandIn } from '../../core/chat/conversation.ts';
import { isOutage, standInFor } from '../../core/chat/standIn.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';
import { promptFor, requiring } from './prompt.ts';

/**
 * What to do when the server of an answer was not there. Gives a model that may step in at once; where the user is to be
 * asked, the answer offers it. Nothing steps in for an answer of which anything has come.
 */
export async function standInAfter(
  ports: ConversePorts,
  desk: ConverseDesk,
  { answer: id, signal }: { readonly answer: string; readonly signal: AbortSignal },
): Promise<ModelRef | undefined> {
  const answer = findAnswer(desk.state().conversation, id);
  const rule = ports.onOutage?.() ?? 'never';
  if (rule === 'never' || signal.aborted || !answer || !isUnanswered(answer)) return undefined;
  const standIn = standInFor(desk.state(), answer.model, namedModels(ports, desk));
  if (!standIn) return undefined;
  if (rule === 'auto' && (await allMayGo(ports, desk, { answer: id, standIn, signal }))) return standIn.model;
  if (!signal.aborted) desk.happen({ kind: 'stand-in', answer: id, standIn });
  return undefined;
}

function isUnanswered({ state, text, thinking }: Answer): boolean {
  return state.kind === 'failed' && isOutage(state.error) && text.length + thinking.length === 0;
}

/** Models that the user has named, newest first. */
function namedModels({ recentModels, settings }: ConversePorts, desk: ConverseDesk): readonly ModelRef[] {
  const { conversation, model } = desk.state();
  const asked = conversation.messages.flatMap((message) => (message.kind === 'answer' ? [message.model] : []));
  const configured = settings().chat.model;
  return [
    ...(model ? [model] : []),
    ...asked.toReversed(),
    ...(recentModels?.() ?? []),
    ...(configured ? [configured] : []),
  ];
}

/** Whether all of the conversation may go there, nothing left out and nothing declassified. */
async function allMayGo(
  ports: ConversePorts,
  desk: ConverseDesk,
  { answer, standIn, signal }: { readonly answer: string; readonly standIn: StandIn; readonly signal: AbortSignal },
): Promise<boolean> {
  const { prompt } = promptFor(ports, desk, { answer, without: [], model: standIn.model });
  // What the user agreed to send to one place is no leave for another.
  if (prompt.parts.some(({ declassified }) => declassified)) return false;
  const look = requiring(prompt, () => false);
  const found = await ports.guard.preview(look, standIn.model, signal);
  if (found.kind === 'failed') return false;
  const { verdict, proof } = found;
  return (
    verdict.kind === 'allow' &&
    proof?.zone === standIn.zone &&
    verdict.parts.every(({ decision }) => decision === 'keep')
  );
}

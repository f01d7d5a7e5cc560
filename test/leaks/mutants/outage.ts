import type { ConverseDesk } from '../../../src/assistant/converse/desk.ts';
import type { ConversePorts } from '../../../src/assistant/converse/ports.ts';
import { findAnswer } from '../../../src/core/chat/conversation.ts';
import { standInFor } from '../../../src/core/chat/standIn.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';

/** Whatever the policy says, the next model farther away steps in. */
export async function standInAfter(
  ports: ConversePorts,
  desk: ConverseDesk,
  { answer: id }: { readonly answer: string },
): Promise<ModelRef | undefined> {
  const answer = findAnswer(desk.state().conversation, id);
  if (answer?.state.kind !== 'failed') return undefined;
  return standInFor(desk.state(), answer.model, ports.recentModels?.() ?? [])?.model;
}

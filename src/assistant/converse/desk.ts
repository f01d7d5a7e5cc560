import { modelInUse, type ChatState } from '../../core/chat/chatState.ts';
import { emptyConversation, findAnswer } from '../../core/chat/conversation.ts';
import { reduce, type ChatEvent } from '../../core/chat/reduce.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { DeltaChannel } from '../../core/protocol/messages.ts';
import type { ConversePorts } from './ports.ts';

/** The state of the chat and everyone who watches it. */
export type ConverseDesk = {
  readonly state: () => ChatState;
  /** The model that the next question goes to. */
  readonly model: () => ModelRef | undefined;
  readonly change: (patch: (state: ChatState) => ChatState) => void;
  readonly happen: (event: ChatEvent) => void;
  readonly listen: (listener: (change: ConverseChange) => void) => () => void;
};

/** A delta says what was added to an answer that was streaming already; anything else may have changed anything. */
export type ConverseChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'delta'; readonly answer: string; readonly channel: DeltaChannel; readonly text: string };

export function createConverseDesk(ports: ConversePorts): ConverseDesk {
  const listeners = new Set<(change: ConverseChange) => void>();
  let state: ChatState = {
    conversation: emptyConversation(ports.newId(), ports.clock.now()),
    attachments: [],
    model: undefined,
    pull: undefined,
    notice: undefined,
    board: ports.settings().backends.map((backend) => ({ backend, loading: true, models: [] })),
  };
  const tell = (change: ConverseChange) => {
    for (const listener of listeners) listener(change);
  };
  return {
    state: () => state,
    model: () => modelInUse(state, ports.settings().chat.model),
    change: (patch) => {
      state = patch(state);
      tell({ kind: 'changed' });
    },
    happen: (event) => {
      const streaming = event.kind === 'delta' && isStreaming(state, event.answer);
      state = { ...state, conversation: reduce(state.conversation, event) };
      tell(streaming ? { ...event, kind: 'delta' } : { kind: 'changed' });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isStreaming({ conversation }: ChatState, answer: string): boolean {
  return findAnswer(conversation, answer)?.state.kind === 'streaming';
}

/** Drops the notice: it stands until the user does the next thing. */
export function withoutNotice(state: ChatState): ChatState {
  return { ...state, notice: undefined };
}

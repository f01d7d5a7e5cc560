import { reveal, type Labelled } from '../label/labelled.ts';
import type { Answer, AnswerState, Attachment, Conversation, Message } from './conversation.ts';
import { isRunning } from './conversation.ts';

/** The format's number; a reader that does not know it reads nothing. */
export const storedVersion = 1;

/** A conversation as text for the store on this machine. Every text stands beside its label. */
export function serialise(conversation: Conversation): string {
  const { id, createdAt, updatedAt, agreed, messages } = conversation;
  return JSON.stringify({ version: storedVersion, id, createdAt, updatedAt, agreed, messages: messages.map(stored) });
}

function stored(message: Message): unknown {
  return message.kind === 'question'
    ? { ...message, text: storedText(message.text), attachments: message.attachments.map(storedAttachment) }
    : {
        ...message,
        text: storedText(message.text),
        thinking: storedText(message.thinking),
        state: storedState(message.state),
      };
}

function storedAttachment(attachment: Attachment): unknown {
  return { ...attachment, text: storedText(attachment.text) };
}

function storedText(text: Labelled): unknown {
  return { text: reveal(text), label: text.label };
}

/** Work does not survive the window, and neither does the cause of an error, which may be any object. */
function storedState(state: Answer['state']): AnswerState {
  if (isRunning(state)) return { kind: 'stopped' };
  if (state.kind !== 'failed') return state;
  const { reason, message, action, refusal } = state.error;
  const error = {
    reason,
    message,
    ...(action === undefined ? {} : { action }),
    ...(refusal === undefined ? {} : { refusal }),
  };
  return { kind: 'failed', error, ...(state.standIn ? { standIn: state.standIn } : {}) };
}

import { labelled, type Labelled } from '../label/labelled.ts';
import type { Answer, Conversation, Question } from './conversation.ts';
import { restoreLabel } from './restoreLabel.ts';
import { isStoredConversation, type StoredAnswer, type StoredQuestion, type StoredText } from './storedShape.ts';

/** A stored conversation, or undefined where the text is not one. A text whose label is gone or odd stays on the device. */
export function restore(text: string): Conversation | undefined {
  const value = parseJson(text);
  if (!isStoredConversation(value)) return undefined;
  const { id, createdAt, updatedAt, agreed, messages } = value;
  return {
    id,
    createdAt,
    updatedAt,
    agreed,
    messages: messages.map((message) => (message.kind === 'question' ? question(message) : answer(message))),
  };
}

function question({ text, attachments, ...rest }: StoredQuestion): Question {
  return { ...rest, text: open(text), attachments: attachments.map((each) => ({ ...each, text: open(each.text) })) };
}

function answer({ text, thinking, ...rest }: StoredAnswer): Answer {
  return { ...rest, text: open(text), thinking: open(thinking) };
}

function open({ text, label }: StoredText): Labelled {
  return labelled(text, restoreLabel(label));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type {
  Answer,
  Attachment,
  Conversation,
  LeftOut,
  Message,
  Question,
} from '../../../src/core/chat/conversation.ts';
import { labelled, labelOf, type Label } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import type { RuleRef } from '../../../src/core/policy/ruleRef.ts';

/** Conversations for tests, written shortly. */
export const model = { backend: 'ollama', model: 'qwen2.5-coder:7b' } as const;

export const keysRule: RuleRef = {
  layer: 'workspace',
  id: 'keys',
  pattern: 'secrets/',
  reach: 'device',
  reason: 'signing keys',
  file: 'file:///w/.ringfence.jsonc',
  line: 12,
};

/** The label of a file of the workspace; held back by a rule unless it may go everywhere. */
export function fileLabel(path: string, reach: Reach): Label {
  const resource = {
    uri: `file:///w/${path}`,
    display: path,
    names: [{ kind: 'path', path, folder: 'file:///w' } as const],
  };
  const rules = reach === 'cloud' ? [] : [{ ...keysRule, reach }];
  return labelOf([{ provenance: { kind: 'file', resource }, reach, rules }]);
}

export const typed: Label = labelOf([{ provenance: { kind: 'typed' }, reach: 'cloud', rules: [] }]);

export function conversation(...messages: readonly Message[]): Conversation {
  return { id: 'c1', createdAt: 1, updatedAt: 2, messages, agreed: [] };
}

export function question(id: string, text: string, ...attachments: readonly Attachment[]): Question {
  return { kind: 'question', id, at: 1, text: labelled(text, typed), attachments };
}

export function attachment(id: string, path: string, reach: Reach): Attachment {
  return {
    id,
    title: path,
    uri: `file:///w/${path}`,
    whole: true,
    text: labelled(`text of ${path}`, fileLabel(path, reach)),
  };
}

export function answer(id: string, text: string, label: Label = typed): Answer {
  return {
    kind: 'answer',
    id,
    at: 1,
    model,
    text: labelled(text, label),
    thinking: labelled('', label),
    state: { kind: 'done', reason: 'stop' },
    leftOut: [],
    warnings: [],
  };
}

export function leftOut(id: string): LeftOut {
  return { id, title: id, reach: 'device', rules: [keysRule], why: 'stays here' };
}

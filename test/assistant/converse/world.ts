import { createConverse, type Converse } from '../../../src/assistant/converse/converse.ts';
import type { ChatStore, ConversePorts, ReadResult } from '../../../src/assistant/converse/ports.ts';
import { findAnswer, type Answer, type Conversation } from '../../../src/core/chat/conversation.ts';
import { parseModelRef, type ModelRef } from '../../../src/core/exchange/model.ts';
import { labelled, labelOf, reveal } from '../../../src/core/label/labelled.ts';
import type { Reach, Zone } from '../../../src/core/label/reach.ts';
import type { OutageRule } from '../../../src/core/policy/settings.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import { fileLabel } from '../../core/chat/conversations.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtualClock.ts';
import { createFakeDoor, type FakeDoor } from '../fakeDoor.ts';

/** A chat with everything around it made up. */
export type World = {
  readonly converse: Converse;
  readonly door: FakeDoor;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly log: readonly string[];
  readonly remembered: readonly string[];
  /** Path → text and reach of the files that can be attached. */
  readonly files: Map<string, { readonly text: string; readonly reach: Reach }>;
  readonly started: () => number;
  /** A second window on the same store. */
  readonly again: () => Converse;
};

export type MemoryStore = ChatStore & { readonly texts: Map<string, string>; broken: boolean };

export const local = 'ollama/small:1b';
export const cloud = 'openrouter/far/model';

export function world(
  options: {
    readonly zones?: Record<string, Zone>;
    readonly model?: string;
    readonly typed?: Reach;
    readonly onOutage?: OutageRule;
  } = {},
): World {
  const door = createFakeDoor(options.zones ?? { [local]: 'device', [cloud]: 'cloud' });
  const clock = createVirtualClock(1_000);
  const store = memoryStore(clock);
  const log: string[] = [];
  const remembered: string[] = [];
  const files = new Map([
    ['src/a.ts', { text: 'export const a = 1;', reach: 'cloud' as Reach }],
    ['secrets/k.ts', { text: 'CANARY_KEY', reach: 'device' as Reach }],
  ]);
  const configured = parseModelRef(options.model ?? local);
  let ids = 0;
  let starts = 0;
  const ports: ConversePorts = {
    guard: door,
    store,
    clock,
    newId: () => `id${++ids}`,
    settings: () => ({
      backends: [
        { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' },
        { id: 'openrouter', kind: 'openrouter', url: 'https://openrouter.example' },
      ],
      contextLength: 8192,
      chat: configured ? { model: configured } : {},
    }),
    rememberModel: ({ backend, model }: ModelRef) => void remembered.push(`${backend}/${model}`),
    labelTyped: () => labelOf([{ provenance: { kind: 'typed' }, reach: options.typed ?? 'cloud', rules: [] }]),
    onOutage: () => options.onOutage ?? 'ask',
    startOllama: () => void (starts += 1),
    log: (message) => void log.push(message),
    files: {
      activeFile: async () => read(files, 'src/a.ts'),
      selection: async () => ({ kind: 'nothing', message: 'Nothing is selected.' }),
      file: async (uri) => read(files, uri),
      find: async (query) =>
        [...files]
          .filter(([name]) => name.includes(query))
          .map(([name, { reach }]) => ({ uri: name, name, folder: '', reach, why: '' })),
    },
  };
  return {
    converse: createConverse(ports),
    door,
    clock,
    store,
    log,
    remembered,
    files,
    started: () => starts,
    again: () => createConverse(ports),
  };
}

/** The last answer of the chat. */
export function lastAnswer(converse: Converse): Answer {
  const { conversation } = converse.state();
  const id = conversation.messages.at(-1)?.id ?? '';
  const answer = findAnswer(conversation, id);
  if (!answer) throw new Error('The chat does not end with an answer.');
  return answer;
}

/** All texts of a prompt, opened: what a server would see. */
export function opened(prompt: LabelledPrompt | undefined): string {
  return (prompt?.parts ?? []).map(({ text }) => reveal(text)).join('\n');
}

export function textsOf({ messages }: Conversation): readonly string[] {
  return messages.map(({ text }) => reveal(text));
}

function read(files: World['files'], path: string): ReadResult {
  const file = files.get(path);
  if (!file) return { kind: 'nothing', message: `${path} is gone.` };
  return {
    kind: 'read',
    document: { uri: path, title: path, whole: true, text: labelled(file.text, fileLabel(path, file.reach)) },
  };
}

function memoryStore(clock: VirtualClock): MemoryStore {
  const texts = new Map<string, string>();
  const times = new Map<string, number>();
  let last: string | undefined;
  const store: MemoryStore = {
    texts,
    broken: false,
    list: async () => [...texts.keys()].map((id) => ({ id, modifiedAt: times.get(id) ?? 0 })),
    read: async (id) => texts.get(id),
    write: async (id, text) => {
      if (store.broken) throw new Error('No space left.');
      texts.set(id, text);
      times.set(id, clock.now());
    },
    remove: async (id) => void texts.delete(id),
    lastOpen: () => last,
    setLastOpen: (id) => {
      last = id;
    },
  };
  return store;
}

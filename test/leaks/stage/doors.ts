import { setTimeout as wait } from 'node:timers/promises';
import { ask } from '../../../src/assistant/ask.ts';
import { createInlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { CompletionEvent } from '../../../src/assistant/completeInline/ports.ts';
import { createConverse, type Converse } from '../../../src/assistant/converse/converse.ts';
import type { ChatStore } from '../../../src/assistant/converse/ports.ts';
import type { Copies } from '../../../src/core/chat/copies.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { joinLabels, labelled, labelOf, type Label } from '../../../src/core/label/labelled.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';
import { memoryStore } from './memoryStore.ts';
import { modelIn } from './servers.ts';
import type { Stage } from './stage.ts';

/** The ways in which text can go to a model: the chat, the extension's API, inline completion. Each is the real use case. */

export type Chat = Converse & { readonly store: ChatStore };

type ChatOptions = {
  readonly store?: ChatStore;
  readonly model?: ModelRef;
  /** What was copied out of documents in this window. */
  readonly copies?: Copies;
};

/** A chat over the stage. `open` finds a document by URI each time the chat reads it. */
export function openChat(
  stage: Stage,
  open: (uri: string) => Promise<DocumentSnapshot>,
  { store = memoryStore(), model = modelIn.device, copies }: ChatOptions = {},
): Chat {
  let ids = 0;
  const unique = Math.random().toString(36).slice(2);
  const converse = createConverse({
    guard: stage.guard,
    store,
    clock: { now: Date.now, delay },
    newId: () => `${unique}${(ids += 1)}`,
    settings: () => ({ backends: stage.backends, contextLength: 8192, chat: { model } }),
    rememberModel: () => undefined,
    labelTyped: (text) => {
      const copied = copies?.find(text);
      return copied ? joinLabels([typedLabel(stage), copied]) : typedLabel(stage);
    },
    startOllama: () => undefined,
    onOutage: () => stage.policy.current().policy.settings.cloud.onOutage,
    recentModels: () => [modelIn.cloud],
    log: (message) => stage.log.push(message),
    files: {
      activeFile: async () => ({ kind: 'nothing', message: 'No file is open.' }),
      selection: async () => ({ kind: 'nothing', message: 'Nothing is selected.' }),
      file: async (uri) => {
        const { display, text } = await open(uri);
        return { kind: 'read', document: { uri, title: display, whole: true, text } };
      },
      find: async () => [],
    },
  });
  return { ...converse, store };
}

/** Asks as another extension may, through the public API's use case; gives the titles of what was held back. */
export async function askDirectly(
  stage: Stage,
  {
    prompt,
    attach,
    model,
  }: { readonly prompt: string; readonly attach: readonly DocumentSnapshot[]; readonly model: ModelRef },
): Promise<{ readonly dropped: readonly string[]; readonly refused?: string; readonly text: string }> {
  const question = {
    model,
    prompt: labelled(prompt, typedLabel(stage)),
    attachments: attach.map(({ display, text }) => ({ title: display, text })),
  };
  const answer = ask(stage.guard, question, new AbortController().signal);
  let text = '';
  let next = await answer.next();
  for (; next.done !== true; next = await answer.next()) text += next.value;
  const { dropped, refusal } = next.value;
  return { text, dropped: dropped.map(({ title }) => title), ...(refusal && { refused: refusal.reason }) };
}

export type Completed = { readonly offer: Offer | undefined; readonly events: readonly CompletionEvent[] };

/** Asks for a suggestion at the end of a document, of the given models in this order. */
export async function complete(
  stage: Stage,
  document: DocumentSnapshot,
  { models, context = [] }: { readonly models: readonly ModelRef[]; readonly context?: readonly ContextPiece[] },
): Promise<Completed> {
  const events: CompletionEvent[] = [];
  const completion = createInlineCompletion({
    guard: stage.guard,
    clock: { now: Date.now, delay },
    context: () => context,
    chat: { active: () => false, idle: async () => undefined, watch: () => () => undefined },
    report: (event) => events.push(event),
    settings: () => ({
      models,
      trigger: 'automatic',
      delay: 0,
      lines: 'auto',
      maxLines: 8,
      contextLength: 8192,
      warm: false,
      templateFor: () => undefined,
    }),
  });
  const spot = { document, offset: document.text.length };
  const facts = { cursors: 1, hasSelection: false, aside: false };
  const offer = await completion.suggest(
    { spot, facts, explicit: true, listOpen: false },
    new AbortController().signal,
  );
  // The offer comes with the first words; the receipt with the last.
  while (events.filter(({ kind }) => kind === 'running').length > events.filter(({ kind }) => kind === 'idle').length)
    await wait(1);
  completion.dispose();
  return { offer, events };
}

function typedLabel({ policy }: Stage): Label {
  const { reach, rules } = policy.decide({ kind: 'typed' });
  return labelOf([{ provenance: { kind: 'typed' }, reach, rules }]);
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

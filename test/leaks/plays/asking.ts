import assert from 'node:assert/strict';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { Play } from '../play.ts';
import { read } from '../stage/documents.ts';
import { expectSeen, uniqueWord } from '../stage/expect.ts';
import { backendsOf, modelIn, startLocal } from '../stage/servers.ts';
import { createStage, type Stage } from '../stage/stage.ts';
import { askAt, behind, startWriting } from '../stage/writing.ts';

/** A way in which completion comes to send something, so told that nothing else of it does. */
type Way = {
  readonly how: string;
  /** Where the file would go. */
  readonly zone: Exclude<Zone, 'device'>;
  readonly intent: 'completion' | 'warm';
  readonly go: (scene: Scene, document: DocumentSnapshot) => Promise<void>;
};

/** `spoken.next` is called when the model of this machine is about to answer: so much that it is cut short. */
type Scene = { readonly stage: Stage; readonly spoken: { next: () => void } };

const ways: readonly Way[] = [
  {
    how: 'by a key',
    zone: 'cloud',
    intent: 'completion',
    go: async ({ stage }, document) => {
      const { completion, ask } = startWriting(stage, { models: () => [modelIn.cloud] });
      completion.typed(askAt(behind(document)));
      await ask(behind(document), { explicit: false });
    },
  },
  {
    how: 'by a look at an empty line',
    zone: 'cloud',
    intent: 'completion',
    go: async ({ stage }, document) => {
      const { rest } = startWriting(stage, { models: () => [modelIn.cloud] });
      await rest(behind(document));
    },
  },
  {
    how: 'by command',
    zone: 'cloud',
    intent: 'completion',
    go: async ({ stage }, document) => {
      await startWriting(stage, { models: () => [modelIn.cloud] }).ask(behind(document));
    },
  },
  {
    how: 'for more to choose from',
    zone: 'cloud',
    intent: 'completion',
    go: async ({ stage }, document) => {
      let models: readonly ModelRef[] = [modelIn.device];
      const { ask, completion } = startWriting(stage, { models: () => models });
      await ask(behind(document));
      models = [modelIn.cloud, modelIn.device];
      await completion.alternatives(askAt(behind(document), { explicit: true }), new AbortController().signal);
    },
  },
  {
    how: 'for what may follow what is shown',
    zone: 'cloud',
    intent: 'completion',
    go: async ({ stage, spoken }, document) => {
      let models: readonly ModelRef[] = [modelIn.device];
      spoken.next = () => (models = [modelIn.cloud, modelIn.device]);
      const { ask } = startWriting(stage, { models: () => models, lines: 'single' });
      await ask(behind(document), { explicit: false });
    },
  },
  {
    how: 'by the next model, where the first does not answer',
    zone: 'perimeter',
    intent: 'completion',
    go: async ({ stage }, document) => {
      const down = { backend: 'down', model: 'any' };
      await startWriting(stage, { models: () => [down, modelIn.perimeter] }).ask(behind(document));
    },
  },
  {
    how: 'ahead of need',
    zone: 'perimeter',
    intent: 'warm',
    go: async ({ stage }, document) => {
      await startWriting(stage, { models: () => [modelIn.perimeter], warm: true, trigger: 'manual' }).rest(
        behind(document),
      );
    },
  },
  {
    how: 'ahead of need, after a chat',
    zone: 'perimeter',
    intent: 'warm',
    go: async ({ stage }, document) => {
      let models: readonly ModelRef[] = [];
      const { rest, chatEnded } = startWriting(stage, { models: () => models, warm: true, trigger: 'manual' });
      await rest(behind(document));
      models = [modelIn.perimeter];
      await chatEnded(modelIn.perimeter);
    },
  },
];

/** Each way lets an ordinary file go where it was meant to go, and holds a sensitive one back. */
export const asking: readonly Play[] = ways.map(({ how, zone, intent, go }) => ({
  vector: 1,
  how,
  run: async ({ servers, watch, own }) => {
    const spoken = { next: (): void => undefined };
    const local = own(
      await startLocal({
        answer: () => {
          spoken.next();
          return Array.from({ length: 400 }, (_, at) => `w${at.toString(36)}`).join(' ');
        },
      }),
    );
    const backends = [{ id: 'down', kind: 'custom', url: 'http://127.0.0.1:9/v1', zone: 'perimeter' }] as const;
    const stage = own(
      await createStage(servers, { backends: () => [...backendsOf({ ...servers, local }), ...backends] }),
    );
    const [free, held] = [uniqueWord(), watch.plant()];
    await stage.workspace.write('src/a.ts', text(free));
    await go({ stage, spoken }, await read(stage, 'src/a.ts'));
    expectSeen(stage, zone, [free]);
    await stage.workspace.write('held/a.ts', text(held));
    const before = stage.receipts.length;
    await go({ stage, spoken }, await read(stage, 'held/a.ts'));
    const refused = stage.receipts
      .slice(before)
      .filter(({ verdict, proof }) => verdict.kind === 'refuse' && proof?.zone === zone);
    assert.ok(
      refused.some((receipt) => receipt.intent === intent),
      'nothing was asked that could have been refused',
    );
  },
}));

function text(word: string): string {
  return `export const ${word} = 1;\nexport function use() {\n  `;
}

import assert from 'node:assert/strict';
import { reveal } from '../../../src/core/label/labelled.ts';
import type { Play } from '../play.ts';
import { holding, read } from '../stage/documents.ts';
import { complete, openChat, type Chat } from '../stage/doors.ts';
import { expectFree, expectSeen, expectServed, lastAnswer, serverIn, uniqueWord } from '../stage/expect.ts';
import { memoryStore } from '../stage/memoryStore.ts';
import { localModel, modelIn } from '../stage/servers.ts';
import { usualPolicy, type Stage } from '../stage/stage.ts';

export const conversation: readonly Play[] = [
  {
    vector: 101,
    run: async (stage) => {
      const chat = await localChat(stage);
      chat.chooseModel(modelIn.cloud);
      await chat.ask(`And ${uniqueWord()}?`);
      await expectWithheldThenFree(stage, chat);
    },
  },
  {
    vector: 102,
    run: async (stage) => {
      const chat = await localChat(stage);
      const answered = lastAnswer(chat);
      assert.match(reveal(answered.text), /CANARY_/, 'the local model did not repeat the file');
      assert.equal(answered.text.label.reach, 'device');
      chat.chooseModel(modelIn.perimeter);
      await chat.ask('Shorter, please.');
      assert.equal(lastAnswer(chat).state.kind, 'withheld');
      await chat.resolve(lastAnswer(chat).id, 'without');
      expectServed(lastAnswer(chat), 'perimeter');
    },
  },
  {
    vector: 103,
    how: 'also where the policy lets another model step in',
    run: async (stage) => {
      const chat = await localChat(stage, { down: true });
      assert.equal(lastAnswer(chat).state.kind, 'failed');
      const asked = [...stage.servers.far.requests, ...stage.servers.office.requests];
      assert.deepEqual(
        [...new Set(asked.map(({ method }) => method))],
        ['GET'],
        'more was sent than a look at the models',
      );
      const document = await read(stage, 'held/k.ts');
      const { offer } = await complete(stage, document, { models: [modelIn.device, modelIn.cloud] });
      assert.equal(offer, undefined);
      chat.newChat();
      const word = uniqueWord();
      await chat.ask(`What is ${word}?`);
      expectServed(lastAnswer(chat), 'perimeter');
      expectSeen(stage, 'perimeter', [word]);
    },
    options: {
      policy: { ...usualPolicy, cloud: { onOutage: 'auto' } },
      backends: (servers) => [
        { id: 'local', kind: 'ollama', url: 'http://127.0.0.1:9' },
        { id: 'office', kind: 'custom', url: `${servers.office.url}/v1`, zone: 'perimeter' },
        { id: 'far', kind: 'custom', url: `${servers.far.url}/v1` },
      ],
    },
  },
  {
    vector: 104,
    run: async (stage) => {
      const chat = await localChat(stage);
      await chat.retry(lastAnswer(chat).id, modelIn.cloud);
      await expectWithheldThenFree(stage, chat);
    },
  },
  {
    vector: 107,
    run: async (stage) => {
      const store = memoryStore();
      const chat = await localChat(stage, { store });
      await chat.dispose();
      const again = openChat(stage, () => read(stage, 'held/k.ts'), { store, model: modelIn.cloud });
      await again.start();
      assert.equal(again.state().conversation.messages.length, 2, 'the chat was not restored');
      await again.ask(`And ${uniqueWord()}?`);
      await expectWithheldThenFree(stage, again);
    },
  },
  {
    vector: 107,
    how: 'stopped in the middle of the answer',
    run: async (stage) => {
      const store = memoryStore();
      const chat = await localChat(stage, { store });
      const asking = chat.ask('Once more, at length.');
      chat.stop();
      await asking;
      await chat.dispose();
      const again = openChat(stage, () => read(stage, 'held/k.ts'), { store, model: modelIn.cloud });
      await again.start();
      await again.ask(`And ${uniqueWord()}?`);
      await expectWithheldThenFree(stage, again);
    },
  },
  {
    vector: 108,
    run: async (stage) => {
      for (const spoil of spoilings) {
        const store = memoryStore();
        const chat = await localChat(stage, { store });
        await chat.dispose();
        for (const [id, text] of store.texts) store.texts.set(id, JSON.stringify(spoilLabels(JSON.parse(text), spoil)));
        const again = openChat(stage, () => read(stage, 'held/k.ts'), { store, model: modelIn.cloud });
        await again.start();
        await again.ask(`And ${uniqueWord()}?`);
        if (again.state().conversation.messages.length > 2) await expectWithheldThenFree(stage, again);
      }
    },
  },
  {
    vector: 111,
    run: async (stage) => {
      const chat = await localChat(stage);
      await chat.ask('And then?');
      chat.chooseModel(modelIn.cloud);
      const second = chat.state().conversation.messages[2]?.id;
      await chat.ask(`Rather ${uniqueWord()}.`, second);
      await expectWithheldThenFree(stage, chat);
      const first = chat.state().conversation.messages[0]?.id;
      const word = uniqueWord();
      await chat.ask(`Quite another thing: ${word}.`, first);
      expectServed(lastAnswer(chat), 'cloud');
      expectSeen(stage, 'cloud', [word]);
    },
  },
  {
    vector: 112,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const context = [{ title: 'held/k.ts', text: (await read(stage, 'held/k.ts')).text }];
      const open = await read(stage, 'src/open.ts');
      await complete(stage, open, { models: [modelIn.device], context });
      await complete(stage, open, { models: [modelIn.cloud], context });
      expectSeen(stage, 'device', ['CANARY_PLANTED']);
      expectSeen(stage, 'cloud', ['ORDINARY_OPEN']);
    },
  },
  {
    vector: 113,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const held = await read(stage, 'held/k.ts');
      const { offer } = await complete(stage, held, { models: [modelIn.device] });
      assert.match(offer?.text ?? '', /CANARY_/, 'the local model said nothing that could leak');
      await complete(stage, held, { models: [modelIn.cloud, modelIn.perimeter] });
      const word = stage.watch.plant('cloud');
      await stage.workspace.write('src/typed.ts', holding(word));
      await expectFree(stage, await read(stage, 'src/typed.ts'), word);
    },
  },
];

/** A chat in which a local model was asked about a held file and has repeated what it holds. */
async function localChat(
  stage: Stage,
  {
    store = memoryStore(),
    down = false,
  }: { readonly store?: ReturnType<typeof memoryStore>; readonly down?: boolean } = {},
): Promise<Chat> {
  await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
  const chat = openChat(stage, () => read(stage, 'held/k.ts'), { store });
  await chat.refreshModels();
  await chat.attach({ kind: 'uri', uri: stage.workspace.uri('held/k.ts') });
  await chat.ask('What is this?');
  if (!down) {
    expectServed(lastAnswer(chat), 'device');
    expectSeen(stage, 'device', ['CANARY_PLANTED']);
    assert.equal(lastAnswer(chat).served?.served.model.startsWith(localModel), true);
  }
  return chat;
}

/** The user is asked first; the question alone then goes to the cloud and is answered there. */
async function expectWithheldThenFree(stage: Stage, chat: Chat): Promise<void> {
  const withheld = lastAnswer(chat);
  assert.equal(withheld.state.kind, 'withheld');
  assert.deepEqual(
    serverIn(stage, 'cloud').requests.filter(({ path }) => path.endsWith('/chat/completions')).length,
    stage.receipts.filter(({ proof, outcome }) => proof?.zone === 'cloud' && outcome.kind === 'done').length,
  );
  await chat.resolve(withheld.id, 'without');
  expectServed(lastAnswer(chat), 'cloud');
}

type Spoil = (label: Readonly<Record<string, unknown>>) => unknown;

/** What a hand, another program or an older version may have made of a stored label. */
const spoilings: readonly Spoil[] = [
  () => undefined,
  () => ({}),
  () => ({ reach: 'cloud', origins: [] }),
  () => 'cloud',
  (label) => ({ ...label, reach: 'cloud' }),
  (label) => ({ ...label, reach: 'everywhere' }),
  () => ({ reach: 'cloud', origins: [{ provenance: { kind: 'unknown' }, reach: 'cloud', rules: [] }] }),
  () => ({ reach: 'cloud', origins: [{ provenance: { kind: 'terminal' }, reach: 'cloud', rules: [] }] }),
  () => ({ reach: 'cloud', origins: [{ provenance: { kind: 'file' }, reach: 'cloud', rules: [] }] }),
];

function spoilLabels(value: unknown, spoil: Spoil): unknown {
  if (Array.isArray(value)) return value.map((each) => spoilLabels(each, spoil));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'label' ? spoil(each) : spoilLabels(each, spoil)]),
  );
}

import assert from 'node:assert/strict';
import type { Play } from '../play.ts';
import { holding, read } from '../stage/documents.ts';
import { openChat, type Chat } from '../stage/doors.ts';
import { expectSeen, expectServed, lastAnswer, uniqueWord } from '../stage/expect.ts';
import { usualPolicy, type Stage, type StageOptions } from '../stage/stage.ts';

/** The local server is gone. What the policy says of that decides whether anyone else is asked, and never what may go. */
export const outage: readonly Play[] = [
  {
    vector: 103,
    how: 'where the policy has the user asked first',
    options: localDown('ask'),
    run: async (stage) => {
      const chat = await openAt(stage, 'held/k.ts');
      await chat.ask('What is this?');
      await expectOnlyOffered(stage, chat);
      await chat.askFarther(lastAnswer(chat).id);
      assert.equal(lastAnswer(chat).state.kind, 'withheld', 'the held file went along to the stand-in');
      chat.newChat();
      const word = uniqueWord();
      await chat.ask(`What is ${word}?`);
      await expectOnlyOffered(stage, chat);
      await chat.askFarther(lastAnswer(chat).id);
      expectServed(lastAnswer(chat), 'perimeter');
      expectSeen(stage, 'perimeter', [word]);
    },
  },
  {
    vector: 103,
    how: 'where the policy lets nobody step in',
    options: localDown('never'),
    run: async (stage) => {
      const chat = await openAt(stage, 'src/open.ts');
      await chat.ask('What is this?');
      const { state, id } = lastAnswer(chat);
      assert.equal(state.kind, 'failed');
      assert.equal(state.kind === 'failed' && state.standIn, undefined);
      await chat.askFarther(id);
      expectNothingSent(stage);
    },
  },
  {
    vector: 103,
    how: 'agreeing to send something once is no leave for the model that steps in',
    options: {
      policy: { ...usualPolicy, cloud: { onOutage: 'auto' } },
      // The office is where the user agreed to send it, and it is down.
      backends: ({ local, far }) => [
        { id: 'local', kind: 'ollama', url: local.url },
        { id: 'office', kind: 'custom', url: 'http://127.0.0.1:9/v1', zone: 'perimeter' },
        { id: 'far', kind: 'custom', url: `${far.url}/v1` },
      ],
    },
    run: async (stage) => {
      const chat = await openAt(stage, 'held/k.ts');
      chat.chooseModel({ backend: 'office', model: 'any' });
      await chat.ask('What is this?');
      const { state, id } = lastAnswer(chat);
      assert.ok(state.kind === 'failed' || state.kind === 'withheld', state.kind);
      if (state.kind === 'failed' && state.standIn) await chat.askFarther(id);
      assert.notEqual(lastAnswer(chat).state.kind, 'done', 'the held file was answered elsewhere');
    },
  },
];

function localDown(onOutage: 'ask' | 'never'): StageOptions {
  return {
    policy: { ...usualPolicy, cloud: { onOutage } },
    backends: ({ office, far }) => [
      { id: 'local', kind: 'ollama', url: 'http://127.0.0.1:9' },
      { id: 'office', kind: 'custom', url: `${office.url}/v1`, zone: 'perimeter' },
      { id: 'far', kind: 'custom', url: `${far.url}/v1` },
    ],
  };
}

/** A chat with a local model and a file attached. */
async function openAt(stage: Stage, file: string): Promise<Chat> {
  if (file.startsWith('held')) await stage.workspace.write(file, holding(stage.watch.plant()));
  const chat = openChat(stage, () => read(stage, file));
  await chat.refreshModels();
  await chat.attach({ kind: 'uri', uri: stage.workspace.uri(file) });
  return chat;
}

async function expectOnlyOffered(stage: Stage, chat: Chat): Promise<void> {
  const { state } = lastAnswer(chat);
  assert.ok(state.kind === 'failed' && state.standIn, `nothing was offered: ${JSON.stringify(state)}`);
  expectNothingSent(stage);
}

function expectNothingSent({ servers }: Stage): void {
  const asked = [...servers.far.requests, ...servers.office.requests].filter(({ method }) => method !== 'GET');
  assert.equal(asked.length, 0, 'something was sent before the user agreed');
}

import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ChatStore } from '../../../src/assistant/converse/ports.ts';
import { createChatFiles } from '../../../src/node/chatFiles.ts';
import { readLedgerFiles } from '../../../src/node/ledgerFile.ts';
import { startRecorder } from '../../support/recorder.ts';
import type { Play } from '../play.ts';
import { holding, read } from '../stage/documents.ts';
import { askDirectly, complete, openChat } from '../stage/doors.ts';
import { expectHeld, expectSeen, lastAnswer, serverIn, uniqueWord } from '../stage/expect.ts';
import { memoryStore } from '../stage/memoryStore.ts';
import { backendsOf, modelIn } from '../stage/servers.ts';
import { createStage, type Stage } from '../stage/stage.ts';

export const sideChannels: readonly Play[] = [
  {
    vector: 161,
    run: async (stage) => {
      const text = await sources();
      assert.doesNotMatch(
        text,
        /TelemetryLogger|telemetryReporter|applicationinsights|@sentry|crashReporter|sendBeacon/i,
      );
      await heldChat(stage);
      assert.deepEqual([...stage.servers.office.requests, ...stage.servers.far.requests], []);
    },
  },
  {
    vector: 162,
    run: async (stage) => {
      const word = await heldChat(stage);
      const broken = { ...memoryStore(), write: () => Promise.reject(new Error(`cannot write ${word}`)) };
      await heldChat(stage, broken);
      assert.ok(stage.log.length > 0, 'nothing was logged at all');
      assert.doesNotMatch(stage.log.join('\n'), /CANARY|held/);
    },
  },
  {
    vector: 163,
    run: async (stage) => {
      await stage.workspace.write(`held/${stage.watch.plant()}.ts`, '');
      const word = await heldChat(stage);
      await expectHeld(stage, await read(stage, 'held/k.ts'));
      await stage.ledger.close();
      const files = await readLedgerFiles(path.join(stage.workspace.root, 'ledger'));
      const ledger = files.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
      assert.ok(
        ledger.split('\n').filter((line) => line.includes('ringfence-guard')).length >= 3,
        'the ledger is empty',
      );
      assert.ok(
        !ledger.includes(word) && !ledger.includes('ORDINARY') && !ledger.includes('k.ts'),
        'the ledger holds content or names',
      );
      for (const receipt of stage.receipts) assert.doesNotMatch(JSON.stringify(receipt), /CANARY|ORDINARY/);
    },
  },
  {
    vector: 164,
    run: async (stage) => {
      for (const status of [400, 401, 403, 404, 413, 422, 429, 500, 503]) {
        const echo = stage.own(
          await startRecorder({
            reply: ({ rawBody, path: asked }) =>
              asked.endsWith('/completions') || asked.startsWith('/api/chat')
                ? {
                    status,
                    headers: { 'content-type': 'application/json' },
                    body: JSON.stringify({ error: { message: rawBody.toString('utf8') } }),
                  }
                : undefined,
          }),
        );
        const own = stage.own(
          await createStage(stage.servers, {
            backends: (servers) => [
              ...backendsOf(servers).filter(({ id }) => id !== 'far'),
              { id: 'far', kind: 'custom', url: `${echo.url}/v1` },
            ],
          }),
        );
        const word = uniqueWord();
        const chat = openChat(own, () => read(own, 'src/open.ts'), { model: modelIn.cloud });
        await chat.ask(`Why ${word}?`);
        const answer = lastAnswer(chat);
        assert.equal(answer.state.kind, 'failed');
        const { cause, ...shown } = answer.state.kind === 'failed' ? answer.state.error : { cause: undefined };
        assert.ok(echo.saw(word), 'the server had nothing to quote');
        for (const record of [shown, String(cause), ...own.receipts, own.log])
          assert.ok(!JSON.stringify(record).includes(word));
      }
    },
  },
  {
    vector: 165,
    run: async (stage) => {
      const text = await sources();
      assert.doesNotMatch(text, /setKeysForSync/);
      const manifest: unknown = JSON.parse(await readFile('package.json', 'utf8'));
      const settings =
        JSON.stringify(manifest).match(
          /"ringfence\.(?:backends|chat\.model|completion\.model)":\{"scope":[^}]{0,60}/g,
        ) ?? [];
      assert.ok(settings.length >= 3);
      for (const setting of settings) assert.match(setting, /"scope":"application","ignoreSync":true/);
      await heldChat(stage);
    },
  },
  {
    vector: 166,
    run: async (stage) => {
      const folder = path.join(stage.workspace.root, 'storage', 'chats');
      await heldChat(stage, { ...memoryStore(), ...createChatFiles(folder) });
      const files = await readdir(folder);
      assert.ok(files.length > 0, 'nothing was stored');
      if (process.platform === 'win32') return;
      assert.equal((await stat(folder)).mode & 0o077, 0);
      for (const file of files) assert.equal((await stat(path.join(folder, file))).mode & 0o077, 0);
    },
  },
  ...([169, 170] as const).map((vector): Play => ({
    vector,
    run: async (stage) => {
      await stage.workspace.write('held/merger.ts', holding(stage.watch.plant()));
      const [held, open] = [await read(stage, 'held/merger.ts'), await read(stage, 'src/open.ts')];
      const bodies: string[] = [];
      for (const attach of [[open], [held, open], [open, held]]) {
        serverIn(stage, 'cloud').forget();
        await askDirectly(stage, { prompt: 'What is this?', attach, model: modelIn.cloud });
        const asked = serverIn(stage, 'cloud').requests.find(({ path: route }) => route.endsWith('/chat/completions'));
        bodies.push(asked?.rawBody.toString('utf8') ?? 'nothing');
      }
      assert.match(bodies[0] ?? '', /ORDINARY_OPEN/);
      assert.deepEqual(bodies, [bodies[0], bodies[0], bodies[0]], 'what was left out shows in what was sent');
      const { events } = await complete(stage, open, {
        models: [modelIn.cloud],
        context: [{ title: 'held/merger.ts', text: held.text }],
      });
      assert.ok(events.length > 0);
      assert.equal(serverIn(stage, 'cloud').saw('held/merger'), false);
    },
  })),
  {
    vector: 171,
    run: async (stage) => {
      const word = stage.watch.plant();
      const rules = [{ id: word, files: [`/${word}/`], reach: 'device', reason: word }];
      await stage.workspace.write('.ringfence.jsonc', JSON.stringify({ version: 1, reach: 'cloud', rules }));
      await stage.noticed();
      await expectHeld(stage, await read(stage, '.ringfence.jsonc'));
      await stage.workspace.write(`${word}/a.ts`, holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, `${word}/a.ts`));
    },
  },
  {
    vector: 172,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const open = await read(stage, 'src/open.ts');
      const held = await read(stage, 'held/k.ts');
      const { offer } = await complete(stage, open, {
        models: [modelIn.cloud],
        context: [{ title: 'held/k.ts', text: held.text }],
      });
      assert.ok(offer);
      expectSeen(stage, 'cloud', ['ORDINARY_OPEN']);
      const asked = serverIn(stage, 'cloud').requests.filter(({ path: route }) => route.endsWith('/completions'));
      assert.ok(asked.length > 0);
      await expectHeld(stage, held);
    },
  },
];

/** A local chat about a held file, with everything stored and recorded that comes of it; gives the word in the file. */
async function heldChat(stage: Stage, store: ChatStore = memoryStore()): Promise<string> {
  const word = stage.watch.plant();
  await stage.workspace.write('held/k.ts', holding(word));
  const chat = openChat(stage, () => read(stage, 'held/k.ts'), { store });
  await chat.attach({ kind: 'uri', uri: stage.workspace.uri('held/k.ts') });
  await chat.ask(`What is this? ${uniqueWord()}`);
  assert.equal(lastAnswer(chat).state.kind, 'done');
  await chat.dispose();
  return word;
}

/** All of the product's own code as one text. */
async function sources(): Promise<string> {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  assert.ok(files.length > 100);
  return (await Promise.all(files.map((file) => readFile(path.join('src', file), 'utf8')))).join('\n');
}

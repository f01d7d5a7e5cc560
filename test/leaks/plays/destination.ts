import assert from 'node:assert/strict';
import { hostName } from '../../../src/core/status/hostName.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import type { FakeOllamaOptions } from '../../support/fake-ollama/options.ts';
import { startRecorder } from '../../support/recorder.ts';
import type { Play } from '../play.ts';
import { holding, read } from '../stage/documents.ts';
import { askDirectly } from '../stage/doors.ts';
import { expectHeld, expectSeen, serverIn, uniqueWord } from '../stage/expect.ts';
import { withEnvironment } from '../stage/environment.ts';
import { backendsOf, modelIn, startLocal, type Servers } from '../stage/servers.ts';
import { createStage, type Stage } from '../stage/stage.ts';
import { expectNoTools } from './tools.ts';

const remoteStub = { remoteHost: 'https://ollama.com:443', remoteModel: 'gpt-oss:120b' };

export const destination: readonly Play[] = [
  {
    vector: 121,
    run: async (stage) => {
      for (const model of [
        'gpt-oss:120b-cloud',
        'kimi:CLOUD',
        'glm:4.6-Cloud',
        'kimi:cloud ',
        'qwen3-coder:480b-cloud',
      ])
        await expectHeldFrom(stage, { backend: 'local', model });
    },
  },
  { vector: 122, run: (stage) => withOllama(stage, { models: [{ name: 'innocent:1b', stub: remoteStub }] }) },
  {
    vector: 122,
    how: 'on a server that knows no pins',
    run: (stage) => withOllama(stage, { version: '0.13.0', models: [{ name: 'innocent:1b', stub: remoteStub }] }),
  },
  {
    vector: 123,
    run: (stage) => withOllama(stage, { models: [{ name: 'innocent:1b', swapAfterShow: remoteStub }] }),
  },
  { vector: 124, run: expectNoTools },
  {
    vector: 125,
    run: async (stage) => {
      const document = await held(stage);
      assert.match(stage.servers.far.url, /127\.0\.0\.1/);
      await expectHeld(stage, document);
    },
  },
  ...(
    [
      [127, 'ssh-remote', /SSH/],
      [128, 'codespaces', /Codespace/i],
    ] as const
  ).map(([vector, remoteName, words]): Play => ({
    vector,
    options: { host: hostName({ remoteName, side: 'workspace' }) },
    run: async (stage) => {
      await held(stage);
      await askDirectly(stage, {
        prompt: 'What is this?',
        attach: [await read(stage, 'held/k.ts')],
        model: modelIn.device,
      });
      const proof = stage.receipts.at(-1)?.proof;
      assert.match(proof?.evidence.host ?? '', words);
      assert.match(proof?.because.join(' ') ?? '', words);
      await expectHeld(stage, await read(stage, 'held/k.ts'));
    },
  })),
  {
    vector: 130,
    run: async (stage) => {
      const thief = stage.own(await startRecorder());
      stage.watch.server(thief, 'cloud');
      const names = ['OLLAMA_HOST', 'OPENAI_BASE_URL', 'OPENROUTER_BASE_URL', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
      await withEnvironment(Object.fromEntries(names.map((name) => [name, thief.url])), async () => {
        await expectOnlyLocal(stage);
        await expectHeld(stage, await held(stage));
      });
      assert.deepEqual(thief.requests, []);
    },
  },
  {
    vector: 131,
    run: async (stage) => {
      const thief = stage.own(await startRecorder());
      stage.watch.server(thief, 'cloud');
      for (const status of [301, 302, 307, 308] as const) {
        const local = stage.own(
          await startLocal({
            behaviour: ({ path }) =>
              path === '/api/chat' || path === '/api/generate' ? redirectTo(thief.url, status) : undefined,
          }),
        );
        const own = await withBackends(stage, [{ id: 'local', kind: 'ollama', url: local.url }]);
        await askDirectly(own, { prompt: 'What is this?', attach: [await held(own)], model: modelIn.device });
        assert.notEqual(own.receipts.at(-1)?.outcome.kind, 'done');
        own.watch.check();
      }
      assert.deepEqual(thief.requests, []);
    },
  },
  ...([132, 133] as const).map((vector): Play => ({
    vector,
    run: async (stage) => {
      const proxy = stage.own(await startRecorder());
      stage.watch.server(proxy, 'cloud');
      const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
      await withEnvironment(
        { ...Object.fromEntries(names.map((name) => [name, proxy.url])), NODE_USE_ENV_PROXY: '1' },
        () => expectOnlyLocal(stage),
      );
      assert.deepEqual(proxy.requests, []);
      const own = await withBackends(stage, [{ id: 'local', kind: 'ollama', url: proxy.url }]);
      own.watch.server(proxy, 'cloud');
      await askDirectly(own, { prompt: 'What is this?', attach: [await held(own)], model: modelIn.device });
      own.watch.check();
    },
  })),
  {
    vector: 134,
    run: (stage) =>
      expectNeverDevice(stage, [
        'localhost.',
        'x.localhost',
        'ollama.local',
        '127.0.0.1.nip.io',
        'localhost.localdomain',
      ]),
  },
  {
    vector: 135,
    run: async (stage) => {
      const other = stage.own(await startRecorder());
      const own = await withBackends(stage, [{ id: 'local', kind: 'ollama', url: `http://localhost:${other.port}` }]);
      own.watch.server(other, 'cloud');
      await askDirectly(own, { prompt: 'What is this?', attach: [await held(own)], model: modelIn.device });
      own.watch.check();
    },
  },
  {
    vector: 136,
    run: async (stage) => {
      const port = stage.servers.local.port;
      for (const url of [
        `http://localhost@127.0.0.1:${port}`,
        `http://127.0.0.1:${port}@evil.example`,
        `http://a:b@localhost:${port}`,
        'file:///etc/passwd',
        'http://127.0.0.1:1?x=1',
      ]) {
        const { settings, problems } = parseSettings({ backends: [{ id: 'local', kind: 'ollama', url }] });
        const own = await withBackends(
          stage,
          settings.backends.filter((backend) => backend.url === url),
        );
        const { text } = await askDirectly(own, {
          prompt: uniqueWord(),
          attach: [await held(own)],
          model: modelIn.device,
        });
        assert.equal(text, '', `${url} was asked`);
        assert.ok(
          problems.length > 0 || own.receipts.at(-1)?.outcome.kind === 'failed',
          `${url} was taken for an address`,
        );
      }
      await expectOnlyLocal(stage);
    },
  },
  {
    vector: 137,
    run: (stage) =>
      expectNeverDevice(stage, [
        '0.0.0.0',
        '[::]',
        '10.0.0.7',
        '192.168.1.4',
        '169.254.1.1',
        '[fd00::1]',
        '172.16.0.9',
      ]),
  },
  {
    vector: 140,
    run: async (stage) => {
      await withEnvironment(
        {
          OPENAI_API_KEY: stage.watch.plant(),
          OPENAI_ORG_ID: stage.watch.plant(),
          OPENAI_PROJECT_ID: stage.watch.plant(),
        },
        async () => {
          await askDirectly(stage, { prompt: 'Hello?', attach: [], model: modelIn.cloud });
        },
      );
      const { requests } = serverIn(stage, 'cloud');
      assert.ok(requests.some(({ path }) => path === '/v1/chat/completions'));
      for (const { path, headers } of requests) {
        assert.match(path, /^\/v1\/(?:chat\/completions|models)$/);
        const names = Object.keys(headers).filter((name) => !usualHeaders.has(name));
        assert.deepEqual(names, [], 'a client library sends headers of its own');
      }
    },
  },
];

const usualHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
]);

async function held(stage: Stage) {
  await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
  return read(stage, 'held/k.ts');
}

/** A held file does not reach that model; a question without it does, or the server says that there is no such model. */
async function expectHeldFrom(
  stage: Stage,
  model: { readonly backend: string; readonly model: string },
): Promise<void> {
  const document = await held(stage);
  const { dropped } = await askDirectly(stage, { prompt: `What is ${uniqueWord()}?`, attach: [document], model });
  assert.deepEqual(dropped, [document.display]);
  assert.equal(stage.receipts.at(-1)?.proof?.zone, 'cloud');
}

/** Asks a model of an Ollama of its own about a held file: nothing of it may come out at that server's own cloud. */
async function withOllama(stage: Stage, options: FakeOllamaOptions): Promise<void> {
  const local = stage.own(await startLocal(options));
  const own = await withBackends(stage, [{ id: 'local', kind: 'ollama', url: local.url }]);
  own.watch.server(local.cloud, 'cloud');
  for (let round = 0; round < 2; round++) {
    const model = { backend: 'local', model: 'innocent:1b' };
    await askDirectly(own, { prompt: `What is ${uniqueWord()}?`, attach: [await held(own)], model });
  }
  const [first] = own.receipts;
  assert.ok(first, 'nothing was recorded');
  own.watch.check();
}

async function expectOnlyLocal(stage: Stage): Promise<void> {
  const word = uniqueWord();
  await askDirectly(stage, { prompt: word, attach: [await held(stage)], model: modelIn.device });
  expectSeen(stage, 'device', [word, 'CANARY_PLANTED']);
  assert.equal(stage.receipts.at(-1)?.proof?.zone, 'device');
}

/** No server under these names is ever taken for this machine, whoever would answer there; nobody is even asked. */
async function expectNeverDevice(stage: Stage, hosts: readonly string[]): Promise<void> {
  const { port } = stage.servers.local;
  for (const host of hosts)
    await expectNotDevice(stage, { id: 'local', kind: 'ollama', url: `http://${host}:${port}` });
  // What the user attests makes it a server of the organisation at most.
  await expectNotDevice(stage, { id: 'local', kind: 'ollama', url: `http://0.0.0.0:${port}`, zone: 'device' });
  await expectOnlyLocal(stage);
}

async function expectNotDevice(stage: Stage, backend: BackendRecord): Promise<void> {
  const own = await withBackends(stage, [backend]);
  own.watch.server(stage.servers.local, 'perimeter');
  const { dropped, text } = await askDirectly(own, {
    prompt: uniqueWord(),
    attach: [await held(own)],
    model: modelIn.device,
  });
  assert.notEqual(own.receipts.at(-1)?.proof?.zone, 'device', backend.url);
  assert.ok(dropped.length === 1 || text === '', backend.url);
  own.watch.check();
  stage.servers.local.forget();
}

/** A stage like this one whose user has other backends. */
async function withBackends(stage: Stage, backends: readonly BackendRecord[]): Promise<Stage> {
  const others = (all: Servers): readonly BackendRecord[] => backendsOf(all).filter(({ id }) => id !== 'local');
  return stage.own(await createStage(stage.servers, { backends: (all) => [...backends, ...others(all)] }));
}

function redirectTo(to: string, status: 301 | 302 | 307 | 308) {
  return { failure: { kind: 'redirect', status, to } } as const;
}

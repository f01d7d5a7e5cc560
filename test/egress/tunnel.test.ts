import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createGuard } from '../../src/egress/guard.ts';
import { createListenerLookup } from '../../src/node/listener.ts';
import { startFakeOllama, type FakeOllama } from '../support/fake-ollama/start.ts';
import { chat, createWorld, eventOf, part, policyIn, previewed, run } from './support/world.ts';

let folder: string;
let ollama: FakeOllama;
const relays: ChildProcess[] = [];
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringfence-tunnel-'));
  ollama = await startFakeOllama({ models: [{ name: 'small:1b' }], answer: () => 'Answered.' });
});
after(async () => {
  for (const relay of relays) relay.kill();
  await ollama.stop();
  await rm(folder, { recursive: true, force: true });
});

const model = { backend: 'ollama', model: 'small:1b' };
const question = chat([part('user', 'CANARY_TUNNELLED', { reach: 'device' })]);

describe('an Ollama behind a forwarded port', { skip: process.platform !== 'linux' && 'Linux alone tells' }, () => {
  it('is not on this machine: nothing that must stay here goes there', async () => {
    const { guard, receipts } = worldAt(await startRelay('socat'));
    const { verdict } = eventOf(await run(guard, question, model), 'decided');
    assert.equal(verdict.kind, 'refuse');
    assert.equal(verdict.zone, 'cloud');
    assert.match(receipts[0]?.proof?.because.join(' ') ?? '', /socat, which listens at 127\.0\.0\.1:\d+, may pass/);
    assert.ok(!ollama.saw('CANARY_TUNNELLED'));
  });

  it('is where the user says it is', async () => {
    const { guard } = worldAt(await startRelay('kubectl'), 'perimeter');
    const { proof } = await previewed(guard, question, model);
    assert.equal(proof?.zone, 'perimeter');
  });

  it('is on this machine where the program that listens is no tunnel', async () => {
    const { guard, receipts } = worldAt(await startRelay('ollama'));
    assert.equal((await run(guard, question, model)).text, 'Answered.');
    assert.deepEqual(receipts[0]?.proof?.evidence.listener, { kind: 'programs', names: ['ollama'] });
  });

  it('is taken for what it says where the system tells nothing', async () => {
    const { deps } = worldAt(Number(new URL(ollama.url).port));
    for (const listener of [
      async () => Promise.reject(new Error('no /proc')),
      createListenerLookup({ proc: folder, now: () => 0 }),
    ]) {
      const { proof } = await previewed(createGuard({ ...deps, listener }), question, model);
      assert.deepEqual([proof?.zone, proof?.evidence.listener], ['device', { kind: 'unknown' }]);
    }
  });
});

function worldAt(port: number, zone?: 'perimeter') {
  const backend = { id: 'ollama', kind: 'ollama', url: `http://127.0.0.1:${port}`, ...(zone && { zone }) } as const;
  const { deps, receipts } = createWorld({ backends: [backend], policy: policyIn('loaded') });
  const asking = { ...deps, listener: createListenerLookup() };
  return { deps: asking, receipts, guard: createGuard(asking) };
}

/** A process of that name that passes on what it gets to the server, byte by byte; gives its port. */
async function startRelay(name: string): Promise<number> {
  const program = path.join(folder, name);
  await link(process.execPath, program).catch(() => copyFile(process.execPath, program));
  const relay = spawn(program, ['-e', relayCode, new URL(ollama.url).port], { stdio: ['ignore', 'pipe', 'inherit'] });
  relays.push(relay);
  const [port] = await once(relay.stdout, 'data');
  return Number(port);
}

const relayCode = `
const net = require('node:net');
const server = net.createServer((near) => {
  const far = net.connect(Number(process.argv[1]), '127.0.0.1');
  near.pipe(far).pipe(near);
  for (const socket of [near, far]) socket.on('error', () => { near.destroy(); far.destroy(); });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));
`;

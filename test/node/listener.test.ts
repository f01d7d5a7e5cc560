import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createListenerLookup, type ListenerLookup } from '../../src/node/listener.ts';

let root: string;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ringfence-listener-'));
});
after(() => rm(root, { recursive: true, force: true }));

const elsewhere = process.platform !== 'linux';

describe('the program behind a port', { skip: elsewhere && 'Linux alone tells' }, () => {
  it('is found on this very machine', async () => {
    const code = `require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
    const program = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = await once(program.stdout, 'data');
    const place = { address: '127.0.0.1', port: Number(printed) };
    const lookup = createListenerLookup({ proc: '/proc', now: every(10_000) });
    assert.deepEqual(await lookup(place), { kind: 'programs', names: [path.basename(process.execPath)] });
    const gone = once(program, 'exit');
    program.kill();
    await gone;
    assert.deepEqual(await lookup(place), { kind: 'unknown' });
  });

  it('is found by every way to write a socket that takes the connection, and by no other', async () => {
    const holders = {
      exact: [line('0100007F:2CAA', '0A', 11), ''],
      any: [line('00000000:2CAA', '0A', 12), ''],
      mapped: ['', line('0000000000000000FFFF00000100007F:2CAA', '0A', 13)],
      any6: ['', line('00000000000000000000000000000000:2CAA', '0A', 14)],
    };
    for (const [name, [tcp = '', tcp6 = '']] of Object.entries(holders)) {
      const proc = await fakeProc(`v4-${name}`, { tcp, tcp6, held: { 11: 'a', 12: 'a', 13: 'a', 14: 'a' } });
      assert.deepEqual(await at(proc)(v4), { kind: 'programs', names: ['a'] }, name);
    }
    const others = [
      line('0200007F:2CAA', '0A', 21),
      line('0100007F:2CAB', '0A', 21),
      line('0100007F:2CAA', '01', 21),
      'rubbish',
      '',
    ].join('\n');
    const proc = await fakeProc('others', { tcp: others, tcp6: others, held: { 21: 'ssh' } });
    assert.deepEqual(await at(proc)(v4), { kind: 'unknown' });
    const tcp6 = line('00000000000000000000000001000000:2CAA', '0A', 31);
    const six = await fakeProc('v6', { tcp: line('0100007F:2CAA', '0A', 32), tcp6, held: { 31: 'six', 32: 'four' } });
    assert.deepEqual(await at(six)({ address: '::1', port: 11434 }), {
      kind: 'programs',
      names: ['six'],
    });
  });

  it('is unknown where the socket is of another user, the table is missing or the process has gone', async () => {
    const proc = await fakeProc('foreign', { tcp: line('0100007F:2CAA', '0A', 41), tcp6: '', held: {} });
    assert.deepEqual(await at(proc)(v4), { kind: 'unknown' });
    assert.deepEqual(await at(path.join(root, 'nowhere'))(v4), { kind: 'unknown' });
  });

  it('is looked for once for each socket', async () => {
    const tcp = line('0100007F:2CAA', '0A', 51);
    const proc = await fakeProc('once', { tcp, tcp6: '', held: { 51: 'first' } });
    let now = 0;
    const lookup = createListenerLookup({ proc, now: () => now });
    await lookup(v4);
    await rm(path.join(proc, '100'), { recursive: true });
    now = 10_000;
    assert.deepEqual(await lookup(v4), { kind: 'programs', names: ['first'] });
    await writeFile(path.join(proc, 'net/tcp'), line('0100007F:2CAA', '0A', 52));
    now = 14_999;
    assert.deepEqual(await lookup(v4), { kind: 'programs', names: ['first'] }, 'an answer holds for some seconds');
    now = 15_000;
    assert.deepEqual(await lookup(v4), { kind: 'unknown' }, 'a new listener is looked for anew');
  });
});

describe('the program behind a port on another system', { skip: !elsewhere && 'this is Linux' }, () => {
  it('stays unknown', async () => assert.deepEqual(await createListenerLookup()(v4), { kind: 'unknown' }));
});

const at = (proc: string): ListenerLookup => createListenerLookup({ proc, now: () => 0 });

/** A clock that is read at steps of so many milliseconds. */
function every(ms: number): () => number {
  let now = 0;
  return () => (now += ms);
}

const v4 = { address: '127.0.0.1', port: 11434 };

/** A row of proc_pid_net(5)'s table. */
function line(local: string, state: string, inode: number): string {
  return `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000 100 0 0 10 0`;
}

type Fake = { readonly tcp: string; readonly tcp6: string; readonly held: Readonly<Record<number, string>> };

/** A folder like /proc with one process for each inode that is held, named as told. */
async function fakeProc(name: string, { tcp, tcp6, held }: Fake): Promise<string> {
  const proc = path.join(root, name);
  await mkdir(path.join(proc, 'net'), { recursive: true });
  await writeFile(path.join(proc, 'net/tcp'), `  sl  local_address rem_address\n${tcp}\n`);
  await writeFile(path.join(proc, 'net/tcp6'), `  sl  local_address rem_address\n${tcp6}\n`);
  for (const [index, [inode, program]] of Object.entries(held).entries()) {
    const fd = path.join(proc, String(100 + index), 'fd');
    await mkdir(fd, { recursive: true });
    await symlink('/dev/null', path.join(fd, '0'));
    await symlink(`socket:[${inode}]`, path.join(fd, '3'));
    await symlink(`/usr/bin/${program}`, path.join(fd, '../exe'));
  }
  return proc;
}

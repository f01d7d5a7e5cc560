import { readdir, readFile, readlink } from 'node:fs/promises';
import { endianness } from 'node:os';
import path from 'node:path';
import type { ListenerEvidence } from '../core/zone/evidence.ts';

export type ListenerLookup = (at: { readonly address: string; readonly port: number }) => Promise<ListenerEvidence>;

/**
 * Finds the program that listens at a loopback address, from what Linux says of its sockets (proc_pid_net(5), proc_pid_fd(5)).
 * `unknown` on every other system, and for programs of other users, which the system does not let us see. An answer holds
 * for some seconds: the tables take milliseconds to read, which a person who types would wait for.
 */
export function createListenerLookup({ proc, now }: Surroundings = thisMachine): ListenerLookup {
  const programs = createPrograms(proc);
  const recent = new Map<string, { readonly at: number; readonly found: Promise<ListenerEvidence> }>();
  return async ({ address, port }) => {
    if (process.platform !== 'linux' || endianness() !== 'LE') return unknown;
    const key = `${address} ${port}`;
    const last = recent.get(key);
    if (last && now() - last.at < freshMs) return last.found;
    const found = listeningInodes(proc, { places: spellings(address), port: hex(port, 4) }).then(programs);
    recent.set(key, { at: now(), found });
    return found;
  };
}

export type Surroundings = {
  /** Where the system tells of its processes. */
  readonly proc: string;
  /** Milliseconds from any origin. */
  readonly now: () => number;
};

const thisMachine: Surroundings = { proc: '/proc', now: () => performance.now() };
const freshMs = 5_000;

/** A socket is looked for once: its inode stays with its listener. */
function createPrograms(proc: string): (inodes: readonly string[]) => Promise<ListenerEvidence> {
  const known = new Map<string, Promise<readonly string[]>>();
  return async (inodes) => {
    if (known.size > mostKnown) known.clear();
    const programs = inodes.map((inode) => {
      const found = known.get(inode) ?? programsOf(proc, `socket:[${inode}]`);
      known.set(inode, found);
      return found;
    });
    const names = [...new Set((await Promise.all(programs)).flat())];
    return names.length > 0 ? { kind: 'programs', names } : unknown;
  };
}

const unknown: ListenerEvidence = { kind: 'unknown' };
const mostKnown = 100;

type Wanted = { readonly places: ReadonlySet<string>; readonly port: string };

async function listeningInodes(proc: string, wanted: Wanted): Promise<readonly string[]> {
  const tables = ['tcp', 'tcp6'].map((name) => readFile(path.join(proc, 'net', name), 'latin1').catch(() => ''));
  return (await Promise.all(tables)).flatMap((table) =>
    table.split('\n').flatMap((line) => inodeIn(line, wanted) ?? []),
  );
}

/** A line: number, local and remote address, state, queues, timers, retransmits, user, timeout, inode. */
function inodeIn(line: string, { places, port }: Wanted): string | undefined {
  const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
  const [place = '', at] = local.split(':');
  return state === listening && at === port && places.has(place) ? inode : undefined;
}

const listening = '0A';

/** How the tables write the sockets that take connections to an address, each 32-bit word with its lowest byte first. */
function spellings(address: string): ReadonlySet<string> {
  const [anyV4, anyV6] = ['0'.repeat(8), '0'.repeat(32)];
  const v4 = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (v4 === undefined) return new Set([`${'0'.repeat(24)}01000000`, anyV6]);
  const word = v4
    .split('.')
    .toReversed()
    .map((byte) => hex(Number(byte), 2))
    .join('');
  return new Set([word, anyV4, `${'0'.repeat(16)}FFFF0000${word}`, anyV6]);
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

async function programsOf(proc: string, socket: string): Promise<readonly string[]> {
  // What this process listens at itself, as a test or another extension may have it do, no editor has forwarded.
  const own = String(process.pid);
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name) && name !== own);
  const names: string[] = [];
  // One process after the other: all at once would be thousands of calls in one go.
  for (const pid of pids) {
    const folder = path.join(proc, pid);
    if (!(await holds(path.join(folder, 'fd'), socket))) continue;
    const program = await linkOf(path.join(folder, 'exe'));
    if (program !== undefined) names.push(path.basename(program.replace(/ \(deleted\)$/, '')));
  }
  return names;
}

async function holds(folder: string, socket: string): Promise<boolean> {
  const open = await readdir(folder).catch(() => []);
  const links = await Promise.all(open.map((name) => linkOf(path.join(folder, name))));
  return links.includes(socket);
}

/** Undefined where the process has gone or belongs to somebody else. */
async function linkOf(file: string): Promise<string | undefined> {
  return readlink(file).catch(() => undefined);
}

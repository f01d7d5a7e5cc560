import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { anchorName, ledgerOrder, parseAnchorName, parseSegmentName, segmentName } from '../core/audit/ledgerFiles.ts';
import type { LedgerFile, StoredFile } from '../core/audit/ledgerFiles.ts';
import type { ClaimedChain, LedgerStore } from '../core/audit/ledgerStore.ts';
import { claimLease, leaseOn, type Claimant, type Lease } from './ledgerLease.ts';

/**
 * The ledger's files in a folder, which must lie outside every workspace. Readable by the user alone. Each process writes a
 * chain of its own, so a window never waits for another; see `claimLease` for how chains are handed on.
 */
export function createLedgerStore(folder: string, claimant: Claimant = thisProcess): LedgerStore {
  return {
    async claim(prefix) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return claimedChain(folder, await claimLease(folder, prefix, claimant));
    },
    async *idle(prefix) {
      const chains = (await list(folder)).flatMap((name) => parseSegmentName(name)?.chain ?? []);
      for (const chain of new Set(chains.filter((name) => name.startsWith(`${prefix}-`)))) {
        const lease = await leaseOn(folder, chain, claimant);
        if (lease) yield claimedChain(folder, lease);
      }
    },
  };
}

/**
 * All anchors and segments in a ledger's folder in ledger order, for checking and reporting; none if there is no such folder.
 * A report may leave out the segments that were last written before `since` (milliseconds since 1970); a check needs them all.
 */
export async function listLedgerFiles(folder: string, since = 0): Promise<readonly StoredFile[]> {
  const names = (await list(folder)).sort(ledgerOrder);
  // Read before the segments are measured: what an anchor vouches for is then there to be read.
  const anchors = names.filter((name) => parseAnchorName(name) !== undefined);
  const anchorFiles = await Promise.all(anchors.map((name) => anchorFile(folder, name)));
  const segments = names.filter((name) => parseSegmentName(name) !== undefined);
  const segmentFiles = await Promise.all(segments.map((name) => segmentFile(folder, name)));
  return [
    ...anchorFiles.flatMap((file) => file ?? []),
    // Segments only grow: one that was last written before a moment has no record of after it.
    ...segmentFiles.flatMap((file) => (file === undefined || (since > 0 && file.mtimeMs < since) ? [] : file)),
  ];
}

/** The same files with what they hold, all of it in memory. */
export async function readLedgerFiles(folder: string, since = 0): Promise<readonly LedgerFile[]> {
  const files = await listLedgerFiles(folder, since);
  return Promise.all(files.map(async ({ name, read }) => ({ name, bytes: await read() })));
}

async function anchorFile(folder: string, name: string): Promise<StoredFile | undefined> {
  const bytes = await readIfThere(path.join(folder, name));
  return bytes && { name, size: bytes.length, read: async () => bytes };
}

async function segmentFile(
  folder: string,
  name: string,
): Promise<(StoredFile & { readonly mtimeMs: number }) | undefined> {
  const file = path.join(folder, name);
  const found = await stat(file).catch(undefinedIfMissing);
  if (found === undefined) return undefined;
  const { size, mtimeMs } = found;
  return { name, size, mtimeMs, read: async () => (await readFile(file)).subarray(0, size) };
}

function claimedChain(folder: string, lease: Lease): ClaimedChain {
  const { chain } = lease;
  const at = (name: string): string => path.join(folder, name);
  const reserveFile = at(`${chain}.reserve`);
  return {
    name: chain,
    async segments() {
      const parsed = (await list(folder)).flatMap((name) => parseSegmentName(name) ?? []);
      return parsed
        .filter((found) => found.chain === chain)
        .map(({ segment }) => segment)
        .sort((a, b) => a - b);
    },
    read: (segment) => readFile(at(segmentName(chain, segment))),
    async append(segment, bytes, size) {
      const file = at(segmentName(chain, segment));
      try {
        await appendDurably(file, bytes, size);
      } catch (cause) {
        if (!isFull(cause)) throw cause;
        // The reserve was kept for this moment: a request that was let go must leave its record.
        await rm(reserveFile, { force: true });
        await appendDurably(file, bytes, size);
      }
    },
    remove: (segment) => rm(at(segmentName(chain, segment)), { force: true }),
    readAnchor: () => readIfThere(at(anchorName(chain))),
    writeAnchor: (bytes) => replaceDurably(at(anchorName(chain)), bytes),
    async otherAnchors() {
      const names = (await list(folder)).filter(
        (name) => parseAnchorName(name) !== undefined && name !== anchorName(chain),
      );
      const read = names.sort().map(async (name) => ({ name, bytes: await readIfThere(at(name)) }));
      return (await Promise.all(read)).flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]));
    },
    async reserve() {
      const there = await readIfThere(reserveFile);
      if (there?.length !== reserveBytes) await replaceDurably(reserveFile, reserveContent());
    },
    release: () => lease.release(),
  };
}

async function appendDurably(file: string, bytes: Uint8Array, size: number): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    const { size: actual } = await handle.stat();
    if (actual !== size) throw Object.assign(new Error(`${file} is not as long as it was left.`), { code: 'GROWN' });
    try {
      await writeAll(handle, bytes);
      await handle.datasync();
    } catch (cause) {
      // What was written in part is taken back; if even that fails, the next opening mends it.
      await handle.truncate(size).catch(() => undefined);
      throw cause;
    }
  } finally {
    await handle.close();
  }
}

async function replaceDurably(file: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${file}.new`;
  try {
    const handle = await open(fresh, 'w', 0o600);
    try {
      await writeAll(handle, bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/** A write may be taken in part; what is left is written again. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch(undefinedIfMissing);
}

function undefinedIfMissing(cause: unknown): undefined {
  if (!isMissing(cause)) throw cause;
}

function isMissing(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT';
}

function isFull(cause: unknown): boolean {
  return codeOf(cause) === 'ENOSPC' || codeOf(cause) === 'EDQUOT';
}

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

/** Not zeros, which a file system may store without taking room. */
function reserveContent(): Uint8Array {
  return Uint8Array.from({ length: reserveBytes }, (_, index) => (index * 167 + (index >> 8) * 13) & 0xff);
}

const thisProcess: Claimant = {
  host: hostname(),
  pid: process.pid,
  alive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (cause) {
      return codeOf(cause) === 'EPERM';
    }
  },
};

/** Room for some forty records. */
const reserveBytes = 64 * 1024;

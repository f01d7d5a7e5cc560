import type { ClaimedChain, LedgerStore } from '../../../src/core/audit/ledgerStore.ts';
import { anchorName, parseSegmentName, segmentName, type LedgerFile } from '../../../src/core/audit/ledgerFiles.ts';

/** A disk that can be cut off after any number of bytes, run full, or be looked at. */
export class MemoryDisk {
  readonly files = new Map<string, Uint8Array>();
  /** Bytes that may still be written before the machine loses power; after that nothing happens any more. */
  power = Infinity;
  /** Bytes that still fit. */
  room = Infinity;
  readonly #held = new Set<string>();

  store(): LedgerStore {
    return { claim: (prefix) => Promise.resolve(this.#claim(prefix)), idle: (prefix) => this.#idle(prefix) };
  }

  /** What a crash does: whoever held a chain is gone. */
  restart(): void {
    this.#held.clear();
    this.power = Infinity;
  }

  list(): readonly LedgerFile[] {
    return [...this.files].map(([name, bytes]) => ({ name, bytes }));
  }

  #claim(prefix: string): ClaimedChain {
    let slot = 0;
    while (this.#held.has(`${prefix}-${slot}`)) slot++;
    return this.#hold(`${prefix}-${slot}`);
  }

  async *#idle(prefix: string): AsyncIterable<ClaimedChain> {
    const chains = new Set([...this.files.keys()].flatMap((name) => parseSegmentName(name)?.chain ?? []));
    for (const chain of chains) if (chain.startsWith(`${prefix}-`) && !this.#held.has(chain)) yield this.#hold(chain);
  }

  #hold(name: string): ClaimedChain {
    this.#held.add(name);
    return {
      name,
      segments: async () =>
        [...this.files.keys()]
          .flatMap((file) => parseSegmentName(file) ?? [])
          .filter(({ chain }) => chain === name)
          .map(({ segment }) => segment)
          .sort((a, b) => a - b),
      read: async (segment) => this.files.get(segmentName(name, segment)) ?? new Uint8Array(),
      append: async (segment, bytes, size) => this.#append(segmentName(name, segment), bytes, size),
      remove: async (segment) => void this.files.delete(segmentName(name, segment)),
      readAnchor: async () => this.files.get(anchorName(name)),
      writeAnchor: async (bytes) => this.#replace(anchorName(name), bytes),
      otherAnchors: async () =>
        this.list().filter((file) => file.name.endsWith('.anchor') && file.name !== anchorName(name)),
      reserve: async () => {
        if (this.room < 4096) throw systemError('ENOSPC');
      },
      release: async () => void this.#held.delete(name),
    };
  }

  #append(name: string, bytes: Uint8Array, size: number): void {
    const before = this.files.get(name) ?? new Uint8Array();
    if (before.length !== size) throw systemError('GROWN');
    if (bytes.length > this.room) throw systemError('ENOSPC');
    this.room -= bytes.length;
    this.files.set(name, Buffer.concat([before, this.#spend(bytes)]));
    if (this.power <= 0) throw systemError('POWER');
  }

  #replace(name: string, bytes: Uint8Array): void {
    if (this.power < bytes.length) {
      this.power = 0;
      throw systemError('POWER');
    }
    this.power -= bytes.length;
    this.files.set(name, bytes);
  }

  #spend(bytes: Uint8Array): Uint8Array {
    const written = bytes.subarray(0, Math.min(this.power, bytes.length));
    this.power = written.length < bytes.length ? 0 : this.power - written.length;
    return written;
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

import type { LedgerFile } from './ledgerFiles.ts';

/**
 * Where the ledger's files lie, as the ledger sees it. Every process claims a chain of its own, so that several windows
 * write at once without waiting for one another and without a lock that a crash would leave behind closed.
 */
export type LedgerStore = {
  /** Claims the first chain with that prefix that no living process holds. Rejects with the system's error. */
  claim(prefix: string): Promise<ClaimedChain>;
  /** Claims those chains with that prefix that no living process holds, one after the other; each is to be released. */
  idle(prefix: string): AsyncIterable<ClaimedChain>;
};

/** A chain that this process alone writes. Every method rejects with the system's error. */
export type ClaimedChain = {
  readonly name: string;
  /** Numbers of the files there are, ascending. */
  segments(): Promise<readonly number[]>;
  read(segment: number): Promise<Uint8Array>;
  /**
   * Appends to a file that is `size` bytes long and makes it durable. Rejects without changing the file where it can;
   * with the code `GROWN` if the file is not that long, because another process has written to it.
   */
  append(segment: number, bytes: Uint8Array, size: number): Promise<void>;
  remove(segment: number): Promise<void>;
  readAnchor(): Promise<Uint8Array | undefined>;
  /** Replaces the anchor in one step. */
  writeAnchor(bytes: Uint8Array): Promise<void>;
  /** The anchors of the other chains. */
  otherAnchors(): Promise<readonly LedgerFile[]>;
  /** Keeps room on the disk, given up for a record when the disk has run full. */
  reserve(): Promise<void>;
  release(): Promise<void>;
};

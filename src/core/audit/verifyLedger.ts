import { readAnchor } from './anchor.ts';
import type { ChainDigest } from './chainDigest.ts';
import {
  anchorName,
  ledgerOrder,
  parseAnchorName,
  parseSegmentName,
  segmentName,
  type LedgerFile,
  type StoredFile,
} from './ledgerFiles.ts';
import { takeFiles, type Pace } from './takeFiles.ts';
import type { Fault, Verification } from './verification.ts';
import { walkChain, type ChainWalk, type ChainWalker, type KnownHead } from './verifyChain.ts';

export type VerifyOptions = {
  /** Digests that chains may have been written with. Of a chain with another key only links and places are checked. */
  readonly digests: readonly ChainDigest[];
  /** Heads that were kept elsewhere (a monitoring system, a checkpoint in an e-mail), by which even a rewriting shows. */
  readonly heads?: readonly KnownHead[];
};

/**
 * Checks all files of a ledger: any edit, cut, removal, repetition or reordering since they were written is a fault.
 * What a ledger in a folder cannot show by itself is that the whole folder was replaced by an older copy; for that, pass
 * heads that were kept elsewhere.
 */
export function verifyLedger(files: readonly LedgerFile[], options: VerifyOptions): Verification {
  const verifier = createVerifier(options);
  for (const file of files.toSorted((a, b) => ledgerOrder(a.name, b.name))) for (const _ of verifier.add(file));
  return verifier.end();
}

/** The same for a ledger that is read file by file, in ledger order, at that pace. */
export async function verifyStored(
  files: readonly StoredFile[],
  options: VerifyOptions,
  pace: Pace,
): Promise<Verification> {
  const verifier = createVerifier(options);
  await takeFiles(files, verifier.add, pace);
  return verifier.end();
}

type Verifier = {
  /** Takes in the next file, in ledger order. A step is one line; whoever takes the steps may rest between any two. */
  readonly add: (file: LedgerFile) => Iterable<void>;
  /** Once every file was taken in. */
  readonly end: () => Verification;
};

function createVerifier({ digests, heads = [] }: VerifyOptions): Verifier {
  const anchors = new Map<string, Uint8Array>();
  const walkers = new Map<string, ChainWalker>();
  return {
    *add({ name, bytes }) {
      const anchored = parseAnchorName(name);
      if (anchored !== undefined) anchors.set(anchored, bytes);
      const parsed = parseSegmentName(name);
      if (parsed === undefined) return;
      const { chain, segment } = parsed;
      const walker = walkers.get(chain) ?? walkChain(chain, digestOf(chain, digests));
      walkers.set(chain, walker);
      yield* walker.add({ name, segment, bytes });
    },
    end: () => {
      const walks = new Map([...walkers].map(([chain, walker]) => [chain, walker.end()] as const));
      return conclude({ walks, anchors, heads }, digests);
    },
  };
}

type Walked = {
  readonly walks: ReadonlyMap<string, ChainWalk>;
  /** Chain → what its anchor's file holds. */
  readonly anchors: ReadonlyMap<string, Uint8Array>;
  /** Heads that were kept elsewhere. */
  readonly heads: readonly KnownHead[];
};

function conclude({ walks, anchors, heads }: Walked, digests: readonly ChainDigest[]): Verification {
  const all = [...walks.values()];
  const faults = [
    ...[...walks].flatMap(([chain, walk]) => [
      ...walk.faults,
      ...checkAnchor(chain, walk, { bytes: anchors.get(chain), digest: digestOf(chain, digests) }),
    ]),
    ...[...all.flatMap((walk) => walk.heads), ...heads].flatMap((head) => checkHead(head, walks.get(head.chain))),
    ...[...anchors].flatMap(([chain, bytes]) => (walks.has(chain) ? [] : checkOrphan(bytes))),
  ];
  return {
    kind: verdict({ faults: faults.length, chains: [...walks.keys()] }, digests),
    records: all.reduce((sum, { records }) => sum + records, 0),
    chains: [...walks].flatMap(([chain, walk]) => summary(chain, walk)),
    faults: distinct(faults),
    gaps: [...walks].flatMap(([chain, walk]) => [...unkeyed(chain, digests), ...walk.gaps, ...tornTail(walk)]),
  };
}

/** A keyed chain is named after its key, so that a check with another key does not call it forged. */
export function chainPrefix(digest: Pick<ChainDigest, 'keyId'>): string {
  return digest.keyId === undefined ? 'plain' : `k${digest.keyId}`;
}

function digestOf(chain: string, digests: readonly ChainDigest[]): ChainDigest | undefined {
  return digests.find((digest) => chain.startsWith(`${chainPrefix(digest)}-`));
}

function verdict(
  found: { readonly faults: number; readonly chains: readonly string[] },
  digests: readonly ChainDigest[],
): Verification['kind'] {
  if (found.faults > 0) return 'broken';
  if (found.chains.length === 0) return 'empty';
  return found.chains.every((chain) => digestOf(chain, digests) !== undefined) ? 'intact' : 'unproved';
}

function checkAnchor(chain: string, walk: ChainWalk, { bytes, digest }: Anchored): readonly Fault[] {
  const file = anchorName(chain);
  if (bytes === undefined) {
    if (walk.records === 0) return [];
    return [{ what: 'anchor-lost', file, message: `The anchor of the chain ${chain} is missing.` }];
  }
  const anchor = readAnchor(bytes, digest);
  if (anchor.kind !== 'anchor' || anchor.head.chain !== chain) {
    return [{ what: 'anchor-edited', file, message: `The anchor of the chain ${chain} is not what was written.` }];
  }
  if (walk.tail?.whole === true && anchor.head.seq >= (walk.ends?.lastSeq ?? 0)) {
    // An anchor is written after the line feed: this one is gone by someone's doing.
    const message = 'The line feed at the end of the chain is gone.';
    return [{ what: 'cut', file: walk.tail.file, line: walk.tail.line, message }];
  }
  return checkHead(anchor.head, walk);
}

type Anchored = { readonly bytes: Uint8Array | undefined; readonly digest: ChainDigest | undefined };

/** An anchor whose chain has no file. */
function checkOrphan(bytes: Uint8Array): readonly Fault[] {
  const anchor = readAnchor(bytes, undefined);
  return anchor.kind === 'unreadable' ? [] : checkHead(anchor.head, undefined);
}

function checkHead({ chain, seq, hash }: KnownHead, walk: ChainWalk | undefined): readonly Fault[] {
  if (seq < 0) return [];
  const file = anchorName(chain);
  if (walk?.ends === undefined) {
    return [{ what: 'chain-removed', file, message: `The chain ${chain} had ${seq + 1} records and is gone.` }];
  }
  const { lastSeq } = walk.ends;
  if (lastSeq < seq) {
    const message = `The chain ${chain} ends with record ${lastSeq}; it had reached record ${seq}.`;
    return [{ what: 'cut', file, message }];
  }
  const found = walk.hashOf(seq);
  if (found === undefined || found === hash) return [];
  return [{ what: 'edited', file, message: `Record ${seq} of the chain ${chain} was rewritten.` }];
}

function summary(chain: string, { records, ends }: ChainWalk): Verification['chains'] {
  if (ends === undefined) return [];
  return [{ chain, records, firstSeq: ends.firstSeq, lastSeq: ends.lastSeq, lastHash: ends.hash }];
}

/** Where there is a key, a chain without one deserves a look: whoever can write the files could have made it up. */
function unkeyed(chain: string, digests: readonly ChainDigest[]): Verification['gaps'] {
  const isKnown = digests.some(({ keyId }) => keyId !== undefined);
  if (!isKnown || digestOf(chain, digests)?.keyId !== undefined || !chain.startsWith(`${chainPrefix({})}-`)) return [];
  const message =
    'The records of this chain were made without a key, so that a rewriting of the whole chain would not show.';
  return [{ file: segmentName(chain, 1), line: 1, message }];
}

function tornTail(walk: ChainWalk): Verification['gaps'] {
  if (walk.tail === undefined) return [];
  const message = 'The last write was torn by a crash; the ledger will record it when it is next opened.';
  return [{ file: walk.tail.file, line: walk.tail.line, message }];
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

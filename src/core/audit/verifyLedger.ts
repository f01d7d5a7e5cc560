import { readAnchor } from './anchor.ts';
import { isJsonObject } from './canonicalJson.ts';
import type { ChainDigest } from './chainDigest.ts';
import { anchorName, parseAnchorName, parseSegmentName, type LedgerFile } from './ledgerFiles.ts';
import type { ChainHead, LedgerRecord } from './record.ts';
import type { Fault, Verification } from './verification.ts';
import { walkChain, type ChainWalk, type Segment } from './verifyChain.ts';

export type VerifyOptions = {
  /** Digests that chains may have been written with. Of a chain with another key only links and places are checked. */
  readonly digests: readonly ChainDigest[];
  /** Heads that were kept elsewhere (a monitoring system, a checkpoint in an e-mail), by which even a rewriting shows. */
  readonly heads?: readonly Omit<ChainHead, 'segment'>[];
};

/**
 * Checks all files of a ledger: any edit, cut, removal, repetition or reordering since they were written is a fault.
 * What a ledger in a folder cannot show by itself is that the whole folder was replaced by an older copy; for that, pass
 * heads that were kept elsewhere.
 */
export function verifyLedger(files: readonly LedgerFile[], { digests, heads = [] }: VerifyOptions): Verification {
  const chains = groupByChain(files);
  const walks = new Map(
    [...chains].map(([chain, segments]) => [chain, walkChain(chain, segments, digestOf(chain, digests))] as const),
  );
  const linked = [...walks.values()].flatMap((walk) => walk.records.flatMap(headsIn));
  const faults = [
    ...[...walks].flatMap(([chain, walk]) => [
      ...walk.faults,
      ...checkAnchor(chain, walk, files, digestOf(chain, digests)),
    ]),
    ...[...linked, ...heads].flatMap((head) => checkHead(head, walks.get(head.chain))),
    ...orphanAnchors(files, walks),
  ];
  const records = [...walks.values()].reduce((sum, walk) => sum + walk.records.length, 0);
  return {
    kind: verdict({ faults: faults.length, chains: [...walks.keys()] }, digests),
    records,
    chains: [...walks].flatMap(([chain, walk]) => summary(chain, walk)),
    faults: distinct(faults),
    gaps: [...walks.values()].flatMap((walk) => [...walk.gaps, ...tornTail(walk)]),
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

function groupByChain(files: readonly LedgerFile[]): ReadonlyMap<string, readonly Segment[]> {
  const chains = new Map<string, Segment[]>();
  for (const { name, bytes } of files) {
    const parsed = parseSegmentName(name);
    if (parsed === undefined) continue;
    const chain = chains.get(parsed.chain) ?? [];
    chain.push({ name, segment: parsed.segment, bytes });
    chains.set(parsed.chain, chain);
  }
  for (const chain of chains.values()) chain.sort((a, b) => a.segment - b.segment);
  return chains;
}

function checkAnchor(
  chain: string,
  walk: ChainWalk,
  files: readonly LedgerFile[],
  digest: ChainDigest | undefined,
): readonly Fault[] {
  const file = anchorName(chain);
  const bytes = files.find((candidate) => candidate.name === file)?.bytes;
  if (bytes === undefined) {
    if (walk.records.length === 0) return [];
    return [{ what: 'anchor-lost', file, message: `The anchor of the chain ${chain} is missing.` }];
  }
  const anchor = readAnchor(bytes, digest);
  if (anchor.kind !== 'anchor' || anchor.head.chain !== chain) {
    return [{ what: 'anchor-edited', file, message: `The anchor of the chain ${chain} is not what was written.` }];
  }
  const last = walk.records.at(-1);
  if (walk.tail?.whole === true && anchor.head.seq >= (last?.monotonic_seq ?? 0)) {
    // An anchor is written after the line feed: this one is gone by someone's doing.
    const message = 'The line feed at the end of the chain is gone.';
    return [{ what: 'cut', file: walk.tail.file, line: walk.tail.line, message }];
  }
  return checkHead(anchor.head, walk);
}

function checkHead(head: Omit<ChainHead, 'segment'>, walk: ChainWalk | undefined): readonly Fault[] {
  if (head.seq < 0) return [];
  const file = anchorName(head.chain);
  const last = walk?.records.at(-1);
  if (walk === undefined || last === undefined) {
    return [
      { what: 'chain-removed', file, message: `The chain ${head.chain} had ${head.seq + 1} records and is gone.` },
    ];
  }
  if (last.monotonic_seq < head.seq) {
    const message = `The chain ${head.chain} ends with record ${last.monotonic_seq}; it had reached record ${head.seq}.`;
    return [{ what: 'cut', file, message }];
  }
  const same = walk.records.find((record) => record.monotonic_seq === head.seq);
  if (same === undefined || same.hash === head.hash) return [];
  return [{ what: 'edited', file, message: `Record ${head.seq} of the chain ${head.chain} was rewritten.` }];
}

/** The heads of other chains, as a writer saw them when it opened or made a checkpoint. */
function headsIn(record: LedgerRecord): readonly Omit<ChainHead, 'segment'>[] {
  const heads = record.attributes['heads'];
  if (!Array.isArray(heads)) return [];
  return heads.flatMap((head) => {
    if (!isJsonObject(head)) return [];
    const { chain, seq, hash } = head;
    return typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string'
      ? [{ chain, seq, hash }]
      : [];
  });
}

function orphanAnchors(files: readonly LedgerFile[], walks: ReadonlyMap<string, ChainWalk>): readonly Fault[] {
  return files.flatMap(({ name, bytes }) => {
    const chain = parseAnchorName(name);
    if (chain === undefined || walks.has(chain)) return [];
    const anchor = readAnchor(bytes, undefined);
    return anchor.kind === 'unreadable' ? [] : checkHead(anchor.head, undefined);
  });
}

function summary(chain: string, walk: ChainWalk): Verification['chains'] {
  const [first, last] = [walk.records[0], walk.records.at(-1)];
  if (first === undefined || last === undefined) return [];
  const seqs = { firstSeq: first.monotonic_seq, lastSeq: last.monotonic_seq };
  return [{ chain, records: walk.records.length, ...seqs, lastHash: last.hash }];
}

function tornTail(walk: ChainWalk): Verification['gaps'] {
  if (walk.tail === undefined) return [];
  const message = 'The last write was torn by a crash; the ledger will record it when it is next opened.';
  return [{ file: walk.tail.file, line: walk.tail.line, message }];
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

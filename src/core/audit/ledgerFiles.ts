/** A file of the ledger as it stands on the disk. */
export type LedgerFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * A file of the ledger that is read when it is its turn. `size` is what it had, in bytes, when the files were listed; no more
 * is read of one that has grown since.
 */
export type StoredFile = { readonly name: string; readonly size: number; readonly read: () => Promise<Uint8Array> };

/** Anchors first, so that none is newer than its chain; then chain by chain in the order of the files' numbers. */
export function ledgerOrder(a: string, b: string): number {
  const [left, right] = [parseSegmentName(a), parseSegmentName(b)];
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined) || compare(a, b);
  return compare(left.chain, right.chain) || left.segment - right.segment;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `plain-0.000001.jsonl`: the first file of the chain `plain-0`. */
export function segmentName(chain: string, segment: number): string {
  return `${chain}.${String(segment).padStart(6, '0')}.jsonl`;
}

/** The chain and number in a segment's file name; undefined for any other file. */
export function parseSegmentName(name: string): { readonly chain: string; readonly segment: number } | undefined {
  const match = /^([a-z0-9-]+)\.(\d{6,})\.jsonl$/.exec(name);
  const [, chain, digits] = match ?? [];
  return chain === undefined || digits === undefined ? undefined : { chain, segment: Number(digits) };
}

/** `plain-0.anchor`. */
export function anchorName(chain: string): string {
  return `${chain}.anchor`;
}

/** The chain in an anchor's file name; undefined for any other file. */
export function parseAnchorName(name: string): string | undefined {
  return /^([a-z0-9-]+)\.anchor$/.exec(name)?.[1];
}

/** The lines of a file without their line feeds; `ended` is false for a last line that has none. */
export function splitLines(bytes: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed === -1 ? bytes.length : feed;
    lines.push({ start, end, bytes: bytes.subarray(start, end), ended: feed !== -1 });
    start = end + 1;
  }
  return lines;
}

export type Line = {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  readonly ended: boolean;
};

/** Pieces of bytes as one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const lineFeed = 0x0a;

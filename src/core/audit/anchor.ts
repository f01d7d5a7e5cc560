import { canonicalJson, isJsonObject, parseJson } from './canonicalJson.ts';
import type { ChainDigest } from './chainDigest.ts';
import type { ChainHead } from './record.ts';

/**
 * The head of a chain, kept in a file beside it and written after the record is on the disk. A chain that ends before its
 * anchor was cut; one that ends after it was not (a crash came between the two writes).
 */
export function sealAnchor(head: ChainHead, digest: ChainDigest): Uint8Array {
  const open = { chain: head.chain, segment: head.segment, seq: head.seq, hash: head.hash };
  return encoder.encode(`${canonicalJson({ ...open, seal: sealOf(open, digest) })}\n`);
}

/** Reads an anchor. `forged`: it is readable, but was not sealed under this digest. */
export function readAnchor(bytes: Uint8Array, digest: ChainDigest | undefined): ReadAnchor {
  const text = new TextDecoder('utf-8').decode(bytes);
  const value = parseJson(text);
  if (!isJsonObject(value)) return { kind: 'unreadable' };
  const { chain, segment, seq, hash, seal } = value;
  if (typeof chain !== 'string' || typeof segment !== 'number' || typeof seq !== 'number')
    return { kind: 'unreadable' };
  if (typeof hash !== 'string' || typeof seal !== 'string') return { kind: 'unreadable' };
  const head: ChainHead = { chain, segment, seq, hash };
  if (`${canonicalJson({ ...head, seal })}\n` !== text) return { kind: 'unreadable' };
  if (digest !== undefined && sealOf(head, digest) !== seal) return { kind: 'forged', head };
  return { kind: 'anchor', head };
}

export type ReadAnchor =
  | { readonly kind: 'anchor'; readonly head: ChainHead }
  | { readonly kind: 'forged'; readonly head: ChainHead }
  | { readonly kind: 'unreadable' };

function sealOf(head: ChainHead, digest: ChainDigest): string {
  // The prefix keeps an anchor's seal from ever being the hash of a record.
  const open = { chain: head.chain, segment: head.segment, seq: head.seq, hash: head.hash };
  return digest.hex(encoder.encode(`anchor ${canonicalJson(open)}`));
}

const encoder = new TextEncoder();

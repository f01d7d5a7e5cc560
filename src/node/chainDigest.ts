import { createHash, createHmac } from 'node:crypto';
import type { ChainDigest } from '../core/audit/chainDigest.ts';

/** The plain digest: finds changes by anyone who does not also rewrite the rest of the chain. */
export const plainDigest: ChainDigest = {
  algorithm: 'sha256',
  hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

/** The keyed digest: without the key nobody can rewrite the chain. `key` is at least 32 random bytes, kept by the host. */
export function keyedDigest(key: Uint8Array): ChainDigest {
  if (key.length < 32) throw new RangeError('The ledger key needs at least 32 bytes.');
  const hex = (bytes: Uint8Array): string => createHmac('sha256', key).update(bytes).digest('hex');
  return { algorithm: 'hmac-sha256', keyId: hex(new TextEncoder().encode('ringfence ledger key')).slice(0, 8), hex };
}

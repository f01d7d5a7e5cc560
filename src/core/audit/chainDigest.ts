/** Hashes ledger records. A port, since hashing belongs to the host; given by the composition root. */
export type ChainDigest = {
  readonly algorithm: 'sha256' | 'hmac-sha256';
  /** Names the key of a keyed digest without giving it away; absent for a plain one. */
  readonly keyId?: string;
  /** The digest as 64 lower-case hexadecimal digits. */
  hex(bytes: Uint8Array): string;
};

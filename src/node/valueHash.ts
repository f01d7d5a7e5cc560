import { createHmac, randomBytes } from 'node:crypto';
import type { ValueIndexDeps } from '../core/scan/valueIndex.ts';

/** Hashing for one value index, under a key that is made here and ends with the process. */
export function createValueHash(): ValueIndexDeps {
  const key = randomBytes(32);
  return {
    hash: (text) => createHmac('sha256', key).update(text).digest('base64'),
    seed: randomBytes(4).readUInt32LE(),
  };
}

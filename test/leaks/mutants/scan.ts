import type { Scan } from '../../../src/egress/ports.ts';

export * from '../../../src/egress/scan/scan.ts';

/** Nothing is ever found. */
export function createScan(): Scan {
  return () => ({ kind: 'clean' });
}

import { plainDigest } from '../../../src/node/chainDigest.ts';
import { createLedger, defaultLedgerSettings, type LedgerSettings } from '../../../src/egress/ledger/ledger.ts';
import type { Ledger } from '../../../src/egress/ledger/ledger.ts';
import type { LedgerStore } from '../../../src/core/audit/ledgerStore.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';

/** A receipt of a request that was sent to a cloud with one part kept and one dropped. */
export function receipt(id: string, change: Partial<Receipt> = {}): Receipt {
  return {
    id,
    at: Date.UTC(2026, 10, 3, 9),
    intent: 'chat',
    model: { backend: 'openrouter', model: 'vendor/model-x' },
    verdict: {
      kind: 'allow',
      zone: 'cloud',
      parts: [
        { id: 'p1', title: 'src/ä.ts:1-20', bytes: 812, decision: 'keep', reach: 'cloud', rules: [] },
        {
          id: 'p2',
          title: '.env',
          bytes: 64,
          decision: 'drop',
          reach: 'device',
          rules: [{ layer: 'built-in', id: 'env', pattern: '.env', reach: 'device' }],
          why: 'kept on this machine',
        },
      ],
    },
    outcome: { kind: 'done', reason: 'stop' },
    bytesOut: 1024,
    durationMs: 420,
    firstTokenMs: 90,
    usage: { promptTokens: 300, outputTokens: 40 },
    served: { model: 'model-x', upstream: 'vendor' },
    policy: 'ab12',
    ...change,
  };
}

/** A ledger on that store with a clock that advances a second a reading. */
export function ledgerOn(
  store: LedgerStore,
  settings: Partial<LedgerSettings> = {},
  start = Date.UTC(2026, 10, 3),
): Ledger {
  let time = start;
  return createLedger({
    store,
    digest: plainDigest,
    now: () => (time += 1000),
    settings: () => ({ ...defaultLedgerSettings, ...settings }),
  });
}

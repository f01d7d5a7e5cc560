import type { Receipt } from '../core/audit/receipt.ts';
import type { ListenerEvidence } from '../core/zone/evidence.ts';
import type { Backend } from '../backend/backend.ts';
import type { Clock, GuardPolicy, Ledger, Scan } from './ports.ts';
import type { Transport } from './transport.ts';

/** Everything the guard needs from the outside. The functions are asked anew for each request. */
export type GuardDeps = {
  readonly backends: () => readonly Backend[];
  readonly policy: GuardPolicy;
  readonly transport: Transport;
  readonly scan: Scan;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Whether the user trusts the workspace. */
  readonly trusted: () => boolean;
  /** Which program listens at a loopback address and port; absent: that is never known. A rejection is no knowledge. */
  readonly listener?: (at: { readonly address: string; readonly port: number }) => Promise<ListenerEvidence>;
  /** What kind of machine "this machine" is, in words: `this machine`, `SSH host build01`. */
  readonly host: () => string;
  /** US dollars spent this month, as receipts say; compared with the policy's limit before each cloud request. */
  readonly spentUsd: () => number;
  /**
   * Keyed hash of a text as hex: what a user's leave and its receipt name the text by. Absent: nothing can be declassified.
   * A rejection refuses the request.
   */
  readonly fingerprint?: (text: string) => Promise<string>;
  /** Told of every request once, sent or refused, after it has ended. */
  readonly onReceipt: (receipt: Receipt) => void;
};

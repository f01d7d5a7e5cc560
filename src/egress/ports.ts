import type { Receipt } from '../core/audit/receipt.ts';
import type { Zone } from '../core/label/reach.ts';
import type { PolicyDecision } from '../core/policy/port.ts';
import type { PolicySettings } from '../core/policy/settings.ts';
import type { Limit, PolicyState } from '../core/policy/state.ts';
import type { Provenance } from '../core/label/provenance.ts';
import type { ResourceName } from '../core/label/resource.ts';

/** What the guard asks of the policy; `core/policy/port.ts` has it and more. */
export type GuardPolicy = {
  current(): GuardPolicyState;
  decide(
    provenance: Provenance,
  ): Pick<PolicyDecision, 'reach' | 'rules' | 'doubt'> & Partial<Pick<PolicyDecision, 'declassify'>>;
  fresh(signal: AbortSignal, near?: readonly ResourceName[]): Promise<boolean>;
};

export type GuardPolicyState = {
  readonly kind: PolicyState['kind'];
  readonly hash: string;
  readonly policy: { readonly settings: PolicySettings };
  /** How far anything may go while no valid policy is loaded. */
  readonly limit?: Limit;
};

/**
 * Looks at the final bytes of a request before the first of them leaves the device. May throw; the guard then refuses.
 * `redact` replaces the body; `restore` puts the originals back into what comes in answer, in the order in which it comes,
 * and may hold a piece back until the next; `rest` gives what is still held when no more comes.
 */
export type Scan = (body: Uint8Array, zone: Zone) => ScanResult | Promise<ScanResult>;

export type ScanResult =
  | { readonly kind: 'clean' }
  | { readonly kind: 'warn'; readonly findings: readonly ScanFinding[] }
  | {
      readonly kind: 'redact';
      readonly body: Uint8Array;
      readonly findings: readonly ScanFinding[];
      restore(text: string): string;
      rest(): string;
    }
  | { readonly kind: 'block'; readonly findings: readonly ScanFinding[] };

/** What was found, never the text itself. `title` is for the user: `GitHub token`. `redacted`: replaced in the body. */
export type ScanFinding = {
  readonly rule: string;
  readonly title: string;
  readonly confidence: 'high' | 'low';
  readonly redacted?: boolean;
};

/** Where receipts are kept. Neither call throws. */
export type Ledger = {
  append(receipt: Receipt): Promise<LedgerResult>;
  /** Whether a receipt could be written now. Asked before a request where the policy wants one for every request. */
  ready(): Promise<LedgerResult>;
};

export type LedgerResult = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly why: string };

/** Milliseconds; `now` since 1970, `elapsed` from any origin but never backwards. */
export type Clock = { now(): number; elapsed(): number };

import { randomUUID } from 'node:crypto';
import type { Receipt, ReceiptOutcome } from '../core/audit/receipt.ts';
import { summarise, type FindingSummary } from '../core/scan/finding.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { Served, StreamPart, Usage } from '../core/exchange/stream.ts';
import type { Verdict } from '../core/exchange/verdict.ts';
import type { Intent } from '../core/prompt/labelledPrompt.ts';
import type { ZoneProof } from '../core/zone/evidence.ts';
import type { GuardDeps } from './guardDeps.ts';
import type { ScanFinding } from './ports.ts';

/** Gathers what one request's receipt will say. Until told otherwise the request was refused unproved and then given up. */
export type ReceiptBook = {
  decided(verdict: Verdict, proof?: ZoneProof): void;
  /** What the content scan found in the final text. */
  scanned(findings: readonly ScanFinding[]): void;
  part(part: StreamPart): void;
  ended(outcome: ReceiptOutcome): void;
  /**
   * Gives the receipt to the ledger and tells the listener; to be called once, whatever happened. The ledger writes receipts
   * in the order in which it is given them; only where the policy requires it is the writing waited for.
   */
  close(bytesOut: number): Promise<Receipt>;
};

export function openReceipt(
  deps: GuardDeps,
  { intent, model }: { readonly intent: Intent; readonly model: ModelRef },
): ReceiptBook {
  const at = deps.clock.now();
  const start = deps.clock.elapsed();
  let verdict: Verdict = { kind: 'refuse', zone: 'cloud', parts: [], cause: notProved };
  let proof: ZoneProof | undefined;
  let outcome: ReceiptOutcome = { kind: 'aborted' };
  let firstTokenMs: number | undefined;
  let usage: Usage = {};
  let served: Served | undefined;
  let findings: readonly FindingSummary[] = [];
  return {
    decided(newVerdict, newProof) {
      verdict = newVerdict;
      proof = newProof;
    },
    scanned(found) {
      findings = summarise(found);
    },
    part(part) {
      if (part.kind === 'delta' || part.kind === 'reasoning') firstTokenMs ??= deps.clock.elapsed() - start;
      if (part.kind === 'finish') {
        ({ usage, served } = part);
        outcome = { kind: 'done', reason: part.reason };
      }
      if (part.kind === 'error') outcome = { kind: 'failed', reason: part.error.reason, message: part.error.message };
    },
    ended(newOutcome) {
      outcome = newOutcome;
    },
    async close(bytesOut) {
      const receipt: Receipt = Object.freeze({
        id: randomUUID(),
        at,
        intent,
        model,
        verdict,
        outcome,
        bytesOut,
        durationMs: deps.clock.elapsed() - start,
        usage,
        policy: deps.policy.current().hash,
        ...(proof && { proof }),
        ...(firstTokenMs !== undefined && { firstTokenMs }),
        ...(served && { served }),
        ...(findings.length > 0 && { findings }),
      });
      const written = deps.ledger.append(receipt);
      if (mustBeWritten(deps, verdict)) await written;
      deps.onReceipt(receipt);
      return receipt;
    },
  };
}

/**
 * An answer from the cloud ends once its record is on the disk, where there may be none without; so does one that the user
 * sent a part beyond its reach for. Other answers do not wait.
 */
function mustBeWritten({ policy }: GuardDeps, { zone, parts }: Verdict): boolean {
  if (parts.some(({ declassified }) => declassified)) return true;
  return zone === 'cloud' && policy.current().policy.settings.ledger.required;
}

const notProved = {
  reason: 'not-proved',
  message: 'It was not settled where the request would have gone, so nothing was sent.',
} as const;

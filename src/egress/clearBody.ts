import type { Refusal } from '../core/exchange/verdict.ts';
import type { Zone } from '../core/label/reach.ts';
import type { GuardDeps } from './guardDeps.ts';
import type { ScanFinding, ScanResult } from './ports.ts';
import { noRestorer, type Restorer } from './restoreParts.ts';

/** How the final bytes were judged, just before the first of them would leave. */
export type Clearance = { readonly findings: readonly ScanFinding[] } & (
  { readonly kind: 'pass'; readonly restorer: Restorer } | { readonly kind: 'stop'; readonly cause: Refusal }
);

export type Cleared = { readonly clearance: Clearance; readonly body: Uint8Array };

/**
 * The last look: the policy that the decision was made under must still hold, and what leaves the device is scanned. A scan
 * that breaks stops the request.
 */
export async function clearBody(
  deps: Pick<GuardDeps, 'policy' | 'scan'>,
  body: Uint8Array,
  decided: { readonly zone: Zone; readonly policy: string },
): Promise<Cleared> {
  if (decided.zone === 'device') return { clearance: clean, body };
  const result = await scanSafely(deps, body, decided.zone);
  // After the scan, so that nothing is waited for between this look and the first byte.
  if (deps.policy.current().hash !== decided.policy) return { clearance: stop(policyChanged), body };
  if (result === undefined) return { clearance: stop(scanBroken), body };
  switch (result.kind) {
    case 'clean':
      return { clearance: clean, body };
    case 'warn':
      return { clearance: { ...clean, findings: result.findings }, body };
    case 'redact':
      return { clearance: { kind: 'pass', findings: result.findings, restorer: result }, body: result.body };
    case 'block':
      return { clearance: stop(secretFound(result.findings), result.findings), body };
  }
}

/** What a request is refused with when the policy moved while it was on its way. */
export const policyChanged: Refusal = {
  reason: 'policy-changed',
  message: 'The policy has just changed and is being read again.',
  action: 'Try again in a moment.',
};

/** For requests without a body, and for those that stay on the device. */
export const clean: Extract<Clearance, { kind: 'pass' }> = { kind: 'pass', findings: [], restorer: noRestorer };

function stop(cause: Refusal, findings: readonly ScanFinding[] = []): Clearance {
  return { kind: 'stop', cause, findings };
}

async function scanSafely(
  { scan }: Pick<GuardDeps, 'scan'>,
  body: Uint8Array,
  zone: Zone,
): Promise<ScanResult | undefined> {
  try {
    return await scan(body, zone);
  } catch {
    return undefined;
  }
}

/** What the user is told of findings, each title once, and whether it went as it was. */
export function titles(findings: readonly ScanFinding[]): readonly string[] {
  const told = findings.map(({ title, redacted }) => (redacted ? `${title}, replaced before it left` : title));
  return [...new Set(told)];
}

function secretFound(findings: readonly ScanFinding[]): Refusal {
  return {
    reason: 'secret-found',
    message: `The request holds what looks like a secret: ${titles(findings).join(', ')}.`,
    action: 'Take it out of the text, or choose a model on this machine.',
  };
}

const scanBroken: Refusal = {
  reason: 'secret-found',
  message: 'The request could not be scanned for secrets, so it was not sent.',
  action: 'Choose a model on this machine, and report this.',
};

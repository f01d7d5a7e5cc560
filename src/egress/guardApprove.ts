import type { Refusal } from '../core/exchange/verdict.ts';
import { PipeError } from '../core/exchange/pipeError.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import { reveal } from '../core/label/labelled.ts';
import type { LabelledPrompt, OpenPart } from '../core/prompt/labelledPrompt.ts';
import type { Approved } from '../backend/approved.ts';
import { cloudTerms } from './cloudTerms.ts';
import type { GuardDeps } from './guardDeps.ts';
import type { Prepared } from './guardPrepare.ts';
import type { ScanFinding, ScanResult } from './ports.ts';

/** How the scan judged the final bytes. `pass` comes just before the first byte leaves. */
export type Clearance =
  | { readonly kind: 'pass'; readonly warnings: readonly string[]; restore(text: string): string }
  | { readonly kind: 'stop'; readonly cause: Refusal };

export type Approval = {
  readonly approved: Approved;
  /** Settles when the body is about to be written or was refused; stays open while no body was offered. */
  readonly clearance: Promise<Clearance>;
  bytesOut(): number;
};

type Allowed = Extract<Prepared, { kind: 'allowed' }>;

/**
 * Opens the parts that may go and mints the one approval for them. This is the only place where text leaves its label, and
 * the only place that can make an `Approved`.
 */
export function approve(
  deps: GuardDeps,
  { prompt, model }: { readonly prompt: LabelledPrompt; readonly model: ModelRef },
  allowed: Allowed,
): Approval {
  const { proof, seen, way, verdict } = allowed;
  const kept = new Set(verdict.parts.flatMap((part) => (part.decision === 'keep' ? [part.id] : [])));
  const { promise: clearance, resolve } = withResolvers<Clearance>();
  const door = way.bind(fills(prompt) ? 'completion' : 'chat', (body) => {
    const cleared = scanned(deps, body, proof.zone);
    resolve(cleared.clearance);
    if (cleared.clearance.kind === 'stop') throw new PipeError('scan', cleared.clearance.cause.message);
    return cleared.body;
  });
  const approved = {
    model,
    info: seen.info,
    intent: prompt.intent,
    parts: prompt.parts.filter((part) => kept.has(part.id)).map(openPart),
    options: prompt.options,
    proof,
    terms: cloudTerms(deps.policy.current().policy.settings.cloud),
    fetch: door.fetch,
    // The brand's only mint. `minted` exists in the type alone.
  } as unknown as Approved;
  return { approved: Object.freeze(approved), clearance, bytesOut: () => door.bytesOut() };
}

function openPart({ id, role, title, text }: LabelledPrompt['parts'][number]): OpenPart {
  return { id, role, title, text: reveal(text) };
}

/** Whether the prompt asks to fill a hole; `warm` comes in both forms. */
function fills({ parts }: LabelledPrompt): boolean {
  return parts.some((part) => part.role === 'prefix' || part.role === 'suffix');
}

function scanned(
  deps: GuardDeps,
  body: Uint8Array,
  zone: Allowed['proof']['zone'],
): { readonly clearance: Clearance; readonly body: Uint8Array } {
  if (zone === 'device') return { clearance: pass([]), body };
  const result = scanSafely(deps, body, zone);
  if (result === undefined) return { clearance: { kind: 'stop', cause: scanBroken }, body };
  switch (result.kind) {
    case 'clean':
      return { clearance: pass([]), body };
    case 'warn':
      return { clearance: pass(titles(result.findings)), body };
    case 'redact':
      return {
        clearance: { ...pass(titles(result.findings)), restore: (text) => result.restore(text) },
        body: result.body,
      };
    case 'block':
      return { clearance: { kind: 'stop', cause: secretFound(result.findings) }, body };
  }
}

function scanSafely(deps: GuardDeps, body: Uint8Array, zone: Allowed['proof']['zone']): ScanResult | undefined {
  try {
    return deps.scan(body, zone);
  } catch {
    return undefined;
  }
}

function pass(warnings: readonly string[]): Extract<Clearance, { kind: 'pass' }> {
  return { kind: 'pass', warnings, restore: (text) => text };
}

function titles(findings: readonly ScanFinding[]): readonly string[] {
  return [...new Set(findings.map((finding) => finding.title))];
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

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

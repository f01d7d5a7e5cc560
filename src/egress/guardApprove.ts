import { PipeError } from '../core/exchange/pipeError.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import { reveal } from '../core/label/labelled.ts';
import type { LabelledPrompt, OpenPart } from '../core/prompt/labelledPrompt.ts';
import type { Approved } from '../backend/approved.ts';
import { clearBody, type Clearance } from './clearBody.ts';
import { cloudTerms } from './cloudTerms.ts';
import type { GuardDeps } from './guardDeps.ts';
import type { Prepared } from './guardPrepare.ts';

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
  const { proof, seen, way, verdict, policy } = allowed;
  const { promise: clearance, resolve } = withResolvers<Clearance>();
  const door = way.bind(fills(prompt) ? 'completion' : 'chat', async (body) => {
    const cleared = await clearBody(deps, body, { zone: proof.zone, policy });
    resolve(cleared.clearance);
    if (cleared.clearance.kind === 'stop') throw new PipeError('scan', cleared.clearance.cause.message);
    return cleared.body;
  });
  const approved = {
    model,
    info: seen.info,
    intent: prompt.intent,
    // By place and not by id: two parts that share an id must not share a decision.
    parts: prompt.parts.filter((_, place) => verdict.parts[place]?.decision === 'keep').map(openPart),
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

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

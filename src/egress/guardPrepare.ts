import type { BackendError } from '../core/exchange/stream.ts';
import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { Refusal, Verdict } from '../core/exchange/verdict.ts';
import { unlabelled, type Label } from '../core/label/labelled.ts';
import { mayReach, type Zone } from '../core/label/reach.ts';
import type { ResourceName } from '../core/label/resource.ts';
import { isUnread } from '../core/policy/state.ts';
import type { LabelledPrompt } from '../core/prompt/labelledPrompt.ts';
import type { ZoneProof } from '../core/zone/evidence.ts';
import type { LookedAt } from '../backend/backend.ts';
import { policyChanged } from './clearBody.ts';
import { cannotMeet, cloudTerms } from './cloudTerms.ts';
import { policyLoading, refusalFor } from './admit.ts';
import { decideParts } from './guardDecide.ts';
import { checkLeaves, type SpentLeaves } from './guardDeclassify.ts';
import type { GuardDeps } from './guardDeps.ts';
import { prove, reach, type Reached } from './guardProve.ts';

/** Everything that is settled about a request before its text is opened. */
export type Prepared =
  | {
      readonly kind: 'allowed';
      readonly way: Reached;
      readonly seen: LookedAt;
      readonly proof: ZoneProof;
      readonly verdict: Verdict;
      readonly label: Label;
      /** Hash of the policy that was decided under. */
      readonly policy: string;
    }
  | { readonly kind: 'refused'; readonly verdict: Refused; readonly proof?: ZoneProof; readonly label: Label }
  | { readonly kind: 'failed'; readonly error: BackendError };

export type Refused = Extract<Verdict, { kind: 'refuse' }>;

/** `spent` knows which of the user's leaves were used. */
export type Preparing = { readonly prompt: LabelledPrompt; readonly model: ModelRef; readonly spent: SpentLeaves };

/**
 * Reaches the server, proves the zone, and decides about every part. A thrown rule, a broken label, a bug on the way: none of
 * them lets anything through. Rejects only once the signal has aborted.
 */
export async function prepare(deps: GuardDeps, request: Preparing, signal: AbortSignal): Promise<Prepared> {
  try {
    return await settle(deps, request, signal);
  } catch (cause) {
    signal.throwIfAborted();
    return { kind: 'failed', error: undecided(cause) };
  }
}

/** What a request fails with where the decision itself broke. */
export function undecided(cause: unknown): BackendError {
  return {
    reason: 'unexpected',
    message: 'It could not be decided what may be sent, so nothing was.',
    action: 'Try again; if it happens again, report it.',
    cause,
  };
}

/**
 * The order matters: nothing is asked of a server that could only be out of bounds, and the policy's freshness is checked
 * after the last wait before the decision.
 */
async function settle(deps: GuardDeps, { prompt, model, spent }: Preparing, signal: AbortSignal): Promise<Prepared> {
  const way = await reach(deps, model, signal);
  if (way.kind === 'failed') return way;
  if (way.kind === 'refused') return refused(way.zone, way.cause);
  const seen = await way.backend.look(way.probe, model.model, signal);
  if (seen.kind === 'failed') return seen;
  const proof = prove(deps, way, seen);
  const { within = 'cloud' } = prompt.options;
  if (!mayReach(within, proof.zone)) return { ...refused(proof.zone, movedOutward(model)), proof };
  const presented = await checkLeaves(deps, { prompt, model, proof }, spent);
  if (presented.kind === 'refused') return { ...refused(proof.zone, presented.cause), proof };
  const cause = await refusalIn(proof.zone, { deps, prompt, model, way }, signal);
  if (cause) return { ...refused(proof.zone, cause), proof };
  const policy = deps.policy.current().hash;
  const { verdict, label } = decideParts(prompt, proof.zone, { policy: deps.policy, leaves: presented.leaves });
  return verdict.kind === 'refuse'
    ? {
        kind: 'refused',
        verdict: isUnread(deps.policy.current()) ? { ...verdict, cause: policyLoading } : verdict,
        proof,
        label,
      }
    : { kind: 'allowed', way, seen, proof, verdict, label, policy };
}

/** What speaks against any request into this zone at this moment. The files are looked at last, right before the decision. */
async function refusalIn(
  zone: Zone,
  { deps, prompt, model, way }: Asked,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const state = deps.policy.current();
  const refusal = refusalFor(zone, { trusted: deps.trusted(), state, model });
  if (refusal || zone === 'device') return refusal;
  const far = zone === 'cloud' ? await cloudRefusal({ deps, model, way }) : undefined;
  if (far) return far;
  const fresh = await deps.policy.fresh(signal, fileNames(prompt));
  return fresh && deps.policy.current().hash === state.hash ? undefined : policyChanged;
}

type Asked = {
  readonly deps: GuardDeps;
  readonly prompt: LabelledPrompt;
  readonly model: ModelRef;
  readonly way: Reached;
};

async function cloudRefusal({ deps, model, way }: Omit<Asked, 'prompt'>): Promise<Refusal | undefined> {
  const { cloud, ledger } = deps.policy.current().policy.settings;
  if (cannotMeet(cloudTerms(cloud), way.backend.keepsTerms)) return cannotHold(model);
  if (cloud.monthlyBudgetUsd !== undefined && deps.spentUsd() >= cloud.monthlyBudgetUsd)
    return budgetSpent(cloud.monthlyBudgetUsd);
  const ready = ledger.required ? await deps.ledger.ready() : ({ kind: 'ok' } as const);
  return ready.kind === 'failed' ? noLedger(ready.why) : undefined;
}

/** Every name of every file that any part comes from: beside one of them a policy file may have come unseen. */
function fileNames({ parts }: LabelledPrompt): readonly ResourceName[] {
  return parts
    .flatMap(({ text }) => text.label.origins)
    .flatMap(({ provenance }) => (provenance.kind === 'file' ? provenance.resource.names : []));
}

function movedOutward(model: ModelRef): Refusal {
  return {
    reason: 'not-proved',
    message: `${formatModelRef(model)} is served from farther away than it was a moment ago.`,
    action: 'Look where it runs now, and choose it again or another one.',
  };
}

function budgetSpent(limit: number): Refusal {
  return {
    reason: 'budget',
    message: `This month's budget of $${limit} for cloud models is spent.`,
    action: 'Choose a local model, or raise cloud.monthlyBudgetUsd in the policy.',
  };
}

function noLedger(why: string): Refusal {
  return {
    reason: 'ledger-unavailable',
    message: `The policy asks for a ledger and it cannot be written: ${why}`,
    action: 'Free some space or mend the folder; local models go on working.',
  };
}

function cannotHold({ backend }: ModelRef): Refusal {
  return {
    reason: 'backend-not-allowed',
    message: `The policy limits who may run a model or keep its requests, and "${backend}" cannot be held to that.`,
    action: 'Choose a backend that can, such as OpenRouter, or a model on this machine.',
  };
}

function refused(zone: Zone, cause: Refusal): Extract<Prepared, { kind: 'refused' }> {
  return { kind: 'refused', verdict: { kind: 'refuse', zone, parts: [], cause }, label: unlabelled };
}

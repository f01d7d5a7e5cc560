import { checkLeave, type CheckedLeave } from '../core/declassify/checkLeave.ts';
import type { LeaveDestination, LeaveOffer } from '../core/declassify/declassification.ts';
import { reveal } from '../core/label/labelled.ts';
import type { Refusal, Verdict } from '../core/exchange/verdict.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { LabelledPrompt } from '../core/prompt/labelledPrompt.ts';
import type { ZoneProof } from '../core/zone/evidence.ts';
import type { GuardDeps } from './guardDeps.ts';

/** The ids of leaves that were used. Each is good for one request. */
export type SpentLeaves = {
  has(id: string): boolean;
  /** Uses up the leaves that a verdict rests on; false where one of them was used in the meantime. */
  spend(verdict: Verdict): boolean;
};

/** Kept for as long as the guard is there; a leave does not outlive its process. */
export function createSpentLeaves(): SpentLeaves {
  const spent = new Set<string>();
  return {
    has: (id) => spent.has(id),
    spend: ({ parts }) => {
      const ids = parts.flatMap(({ declassified }) => (declassified ? [declassified.id] : []));
      // One leave names one part: the same leave on two parts is one use too many.
      if (new Set(ids).size !== ids.length || ids.some((id) => spent.has(id))) return false;
      for (const id of ids) spent.add(id);
      return true;
    },
  };
}

type Request = { readonly prompt: LabelledPrompt; readonly model: ModelRef; readonly proof: ZoneProof };

export type Presented =
  | { readonly kind: 'checked'; readonly leaves: ReadonlyMap<number, CheckedLeave> }
  | { readonly kind: 'refused'; readonly cause: Refusal };

/**
 * Checks every leave of a prompt against the very text, the proved destination and the policy of this moment. Without a
 * record there is no declassifying: the ledger must be ready, whatever the policy asks of other requests.
 */
export async function checkLeaves(deps: GuardDeps, request: Request, spent: SpentLeaves): Promise<Presented> {
  const { prompt } = request;
  const leaves = new Map<number, CheckedLeave>();
  const { fingerprint } = deps;
  for (const [place, { id, text, declassified }] of prompt.parts.entries()) {
    if (!declassified) continue;
    if (!fingerprint || prompt.intent !== 'chat') {
      leaves.set(place, { kind: 'broken', why: 'this kind of request cannot be declassified' });
      continue;
    }
    const presented = offerFor(deps, request, { part: id, preview: await fingerprint(reveal(text)) });
    leaves.set(
      place,
      checkLeave(declassified, presented, (leave) => spent.has(leave)),
    );
  }
  if (leaves.size === 0) return { kind: 'checked', leaves };
  const ready = await deps.ledger.ready();
  return ready.kind === 'ok' ? { kind: 'checked', leaves } : { kind: 'refused', cause: noRecord(ready.why) };
}

/** What leaves could be given for, of the parts that a preview would keep back. */
export async function offersFor(deps: GuardDeps, request: Request, verdict: Verdict): Promise<readonly LeaveOffer[]> {
  const { fingerprint } = deps;
  if (!fingerprint || request.prompt.intent !== 'chat') return [];
  const offers: LeaveOffer[] = [];
  for (const [place, { id, text }] of request.prompt.parts.entries())
    if (verdict.parts[place]?.mayDeclassify)
      offers.push(offerFor(deps, request, { part: id, preview: await fingerprint(reveal(text)) }));
  return offers;
}

function offerFor(
  { policy }: GuardDeps,
  { model, proof }: Request,
  what: Pick<LeaveOffer, 'part' | 'preview'>,
): LeaveOffer {
  const destination: LeaveDestination = { model, zone: proof.zone, origin: proof.evidence.origin };
  return { ...what, destination, policy: policy.current().hash };
}

/** What a request is refused with when its leave was used by another in the same moment. */
export const leaveSpent: Refusal = {
  reason: 'required-part',
  message: 'Your agreement to send a part beyond its reach was for one request, and that was sent.',
  action: 'Look at the part again and agree anew.',
};

function noRecord(why: string): Refusal {
  return {
    reason: 'ledger-unavailable',
    message: `What you agree to send beyond its reach must be recorded, and the ledger cannot be written: ${why}`,
    action: 'Free some space or mend the folder; local models go on working.',
  };
}

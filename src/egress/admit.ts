import type { Zone } from '../core/label/reach.ts';
import type { Refusal } from '../core/exchange/verdict.ts';
import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { GuardPolicyState } from './ports.ts';

/** What is known about a request before its parts are looked at. */
export type Standing = {
  readonly trusted: boolean;
  readonly state: GuardPolicyState;
  readonly model: ModelRef;
};

/** Whether any request of this kind may go to that zone at all; the reason why not, or undefined. */
export function refusalFor(zone: Zone, { trusted, state, model }: Standing): Refusal | undefined {
  if (zone === 'device') return undefined;
  if (!trusted)
    return {
      reason: 'untrusted',
      message: 'This workspace is not trusted, so only this machine may serve it.',
      action: 'Trust the workspace, or choose a model on this machine.',
    };
  if (zone === 'perimeter' && (state.limit ?? 'perimeter') === 'perimeter') return undefined;
  switch (state.kind) {
    case 'none':
      return {
        reason: 'no-policy',
        message: 'This workspace has no policy file, so nothing goes to the cloud.',
        action: 'Run "Ringfence: Create Policy File".',
      };
    case 'invalid':
      return {
        reason: 'policy-invalid',
        message: `The policy file has an error, so nothing goes to ${placeWords[zone]}.`,
        action: 'Mend the lines that the Problems view names.',
      };
    case 'loading':
      return policyLoading;
    case 'loaded':
      return refusalByLists(state, model);
  }
}

/** Before the policy was read for the first time, files go to no model, not even to one on this machine. */
export const policyLoading: Refusal = {
  reason: 'policy-loading',
  message: 'The policy is still loading.',
  action: 'Try again in a moment.',
};

function refusalByLists({ policy }: GuardPolicyState, model: ModelRef): Refusal | undefined {
  const { backends, models } = policy.settings.cloud;
  if (!backends.every((list) => list.includes(model.backend)))
    return {
      reason: 'backend-not-allowed',
      message: `The policy does not allow the cloud backend "${model.backend}".`,
      action: 'Choose a backend that stands under "cloud.backends" in the policy.',
    };
  const name = formatModelRef(model);
  if (model.model !== '' && !models.every((list) => list.some((pattern) => matchesModel(pattern, name))))
    return {
      reason: 'model-not-allowed',
      message: `The policy does not allow the cloud model "${name}".`,
      action: 'Choose a model that stands under "cloud.models" in the policy.',
    };
  return undefined;
}

const placeWords = { perimeter: 'another machine', cloud: 'the cloud' } as const;

/** `*` stands for any run of characters; everything else for itself. Linear: pieces are found one after the other. */
export function matchesModel(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (!name.startsWith(head)) return false;
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  let at = head.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - at >= tail.length && name.endsWith(tail);
}

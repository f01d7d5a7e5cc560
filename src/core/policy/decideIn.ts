import type { Provenance } from '../label/provenance.ts';
import { nearest } from '../label/reach.ts';
import type { PolicyDecision } from './port.ts';
import type { PolicyState } from './state.ts';

export type Situation = {
  readonly state: PolicyState;
  /** Whether the user trusts the workspace; without trust nothing leaves the device. */
  readonly trusted: boolean;
  /** The decision of the state's policy, usually remembered (`createDecider`). */
  readonly decide: (provenance: Provenance) => PolicyDecision;
};

/** The decision that holds in this state of the policy: never farther than its policy says, and nearer in any trouble. */
export function decideIn({ state, trusted, decide }: Situation, provenance: Provenance): PolicyDecision {
  const decision = decide(provenance);
  if (provenance.kind === 'product') return decision;
  if (!trusted) return narrow(decision, 'device', 'The workspace is not trusted.');
  switch (state.kind) {
    case 'loaded':
    case 'none':
      return decision;
    case 'loading':
      return narrow(decision, state.limit, 'The policy is being read.');
    case 'invalid':
      return narrow(decision, state.limit, 'The policy has an error.');
  }
}

function narrow(decision: PolicyDecision, limit: 'device' | 'perimeter', doubt: string): PolicyDecision {
  const reach = nearest(decision.reach, limit);
  return reach === decision.reach ? decision : { ...decision, reach, doubt };
}

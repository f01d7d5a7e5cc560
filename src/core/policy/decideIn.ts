import type { Provenance } from '../label/provenance.ts';
import { nearest } from '../label/reach.ts';
import type { PolicyDecision } from './port.ts';
import type { Limit, PolicyState } from './state.ts';

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
  const within = trusted ? decision : narrow(decision, 'device', 'The workspace is not trusted.');
  switch (state.kind) {
    case 'loaded':
    case 'none':
      return within;
    case 'loading':
      return narrow(within, limitFor(provenance, state.limit), 'The policy is still loading.');
    case 'invalid':
      return narrow(within, state.limit, 'The policy has an error.');
  }
}

/** A rule that keeps a file from every model may be among those not read yet. What was typed just now is in no file. */
function limitFor(provenance: Provenance, limit: Limit): Limit {
  return limit === 'none' && provenance.kind === 'typed' ? 'device' : limit;
}

function narrow(decision: PolicyDecision, limit: Limit, doubt: string): PolicyDecision {
  const reach = nearest(decision.reach, limit);
  return reach === decision.reach ? decision : { ...decision, reach, doubt };
}

import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { Situation } from '../../../src/core/policy/decideIn.ts';
import type { PolicyDecision } from '../../../src/core/policy/port.ts';

/** What was read last, or nothing, decides whatever the state. */
export function decideIn({ decide }: Situation, provenance: Provenance): PolicyDecision {
  return decide(provenance);
}

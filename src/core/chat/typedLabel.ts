import { labelOf, type Label } from '../label/labelled.ts';
import type { PolicyPort } from '../policy/port.ts';

/** The label of text that the user typed, under the policy that holds now. */
export function typedLabel(policy: Pick<PolicyPort, 'decide'>): Label {
  const { reach, rules } = policy.decide({ kind: 'typed' });
  return labelOf([{ provenance: { kind: 'typed' }, reach, rules }]);
}

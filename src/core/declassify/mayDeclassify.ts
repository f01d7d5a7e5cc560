import type { Label, Origin } from '../label/labelled.ts';
import type { Provenance } from '../label/provenance.ts';
import { mayReach, type Zone } from '../label/reach.ts';
import type { PolicyDecision } from '../policy/port.ts';

/** What the policy says of an origin now; without a word on declassifying it may not be. */
export type DecideOrigin = (
  provenance: Provenance,
) => Pick<PolicyDecision, 'reach' | 'doubt'> & { readonly declassify?: PolicyDecision['declassify'] };

/**
 * Whether the user may send a text with this label to that zone although it may not go there: every origin that holds it
 * back must be one that the policy lets the user decide about. What is for no model at all, of unknown origin, in doubt, or
 * under a built-in rule, never is.
 */
export function mayDeclassify({ origins }: Label, zone: Zone, decide: DecideOrigin): boolean {
  const holding = origins.filter((origin) => !mayReach(origin.reach, zone));
  return holding.length > 0 && holding.every((origin) => isForTheUser(origin, decide));
}

function isForTheUser({ provenance, reach, rules }: Origin, decide: DecideOrigin): boolean {
  if (reach === 'none' || provenance.kind === 'unknown' || provenance.kind === 'product') return false;
  if (rules.some((rule) => rule.layer === 'built-in' && rule.reach !== 'cloud')) return false;
  const now = decide(provenance);
  return now.declassify === 'confirm' && now.doubt === undefined && now.reach !== 'none';
}

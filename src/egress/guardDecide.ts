import { describeProvenance } from '../core/label/provenance.ts';
import { isReach, mayReach, nearest, type Reach, type Zone } from '../core/label/reach.ts';
import { labelOf, reveal, unlabelled, type Label, type Origin } from '../core/label/labelled.ts';
import type { CheckedLeave } from '../core/declassify/checkLeave.ts';
import { mayDeclassify } from '../core/declassify/mayDeclassify.ts';
import type { PartDecision, Refusal, Verdict } from '../core/exchange/verdict.ts';
import type { RuleRef } from '../core/policy/ruleRef.ts';
import type { LabelledPrompt, Part } from '../core/prompt/labelledPrompt.ts';
import type { GuardPolicy } from './ports.ts';

/** The decision about a whole prompt and the label that its answer inherits: that of the parts that go. */
export type Decided = { readonly verdict: Verdict; readonly label: Label };

/**
 * Compares every part with the proved zone, by the label it was read under joined with what the policy says of its origins
 * now: a rule that came in the meantime holds, one that went does not loosen what was already read.
 */
export function decideParts(prompt: LabelledPrompt, zone: Zone, { policy, leaves }: Deciding): Decided {
  const judged = prompt.parts.map((part) => ({ part, label: currentLabel(part, policy) }));
  const parts = judged.map(({ part, label }, place) => {
    const free = mayDeclassify(label, zone, (provenance) => policy.decide(provenance));
    return decidePart(part, { label, zone, free, leave: leaves.get(place) });
  });
  // The last one says most: in a chat it is the question itself.
  const held = judged.findLast(({ part }, index) => part.required && parts[index]?.decision === 'drop');
  const kept = judged.filter((_, index) => parts[index]?.decision === 'keep');
  const label = labelOf(kept.flatMap((each) => each.label.origins));
  if (held) return { verdict: { kind: 'refuse', zone, parts, cause: requiredPart(held.part, held.label) }, label };
  if (kept.length === 0) return { verdict: { kind: 'refuse', zone, parts, cause: nothingLeft }, label };
  return { verdict: { kind: 'allow', zone, parts }, label };
}

/** `leaves` are the user's leaves as checked so far, by the place of their part in the prompt. */
export type Deciding = { readonly policy: GuardPolicy; readonly leaves: ReadonlyMap<number, CheckedLeave> };

/** Every origin of the text under what holds now. A label without origins or with an odd reach was lost on the way. */
function currentLabel({ text }: Part, policy: GuardPolicy): Label {
  const { origins, reach } = text.label;
  if (origins.length === 0 || !isReach(reach)) return unlabelled;
  const current = origins.map((origin) => currentOrigin(origin, policy));
  // A label that was narrower than its origins stays so, without blaming any of them.
  const narrower = !mayReach(reach, 'cloud') && nearest(reach, ...current.map((each) => each.reach)) === reach;
  const covered = current.some((origin) => origin.reach === reach);
  return labelOf(narrower && !covered ? [...current, { provenance: { kind: 'unknown' }, reach, rules: [] }] : current);
}

function currentOrigin(origin: Origin, policy: GuardPolicy): Origin {
  const now = policy.decide(origin.provenance);
  if (!isReach(now.reach) || !isReach(origin.reach)) return { ...origin, reach: 'none' };
  return {
    provenance: origin.provenance,
    reach: nearest(origin.reach, now.reach),
    rules: uniqueRules([...now.rules, ...origin.rules]),
  };
}

function uniqueRules(rules: readonly RuleRef[]): readonly RuleRef[] {
  return [
    ...new Map(
      rules.map((rule) => [JSON.stringify([rule.layer, rule.file, rule.line, rule.id, rule.pattern]), rule]),
    ).values(),
  ];
}

type Judged = {
  readonly label: Label;
  readonly zone: Zone;
  /** Whether the policy as it stands now lets the user send it after all. */
  readonly free: boolean;
  readonly leave: CheckedLeave | undefined;
};

/** A part that may not go by its label goes by the user's leave, if that holds and the policy still allows it. */
function decidePart(part: Part, { label, zone, free, leave }: Judged): PartDecision {
  const rules = uniqueRules(label.origins.flatMap((origin) => origin.rules));
  const base = { id: part.id, title: part.title, bytes: byteLength(part), reach: label.reach, rules };
  if (mayReach(label.reach, zone)) return { ...base, decision: 'keep' };
  if (free && leave?.kind === 'holds') {
    const { id, at, preview } = leave.terms;
    return { ...base, decision: 'keep', declassified: { id, at, preview } };
  }
  const why = leave?.kind === 'broken' ? `${whyHeld(label)} It was not sent after all: ${leave.why}.` : whyHeld(label);
  return { ...base, decision: 'drop', why, ...(free && { mayDeclassify: true }) };
}

function byteLength({ text }: Part): number {
  return encoder.encode(reveal(text)).byteLength;
}

const encoder = new TextEncoder();

function whyHeld(label: Label): string {
  const nearestOrigin = label.origins.find((origin) => origin.reach === label.reach);
  const name = nearestOrigin ? describeProvenance(nearestOrigin.provenance) : 'text of unknown origin';
  const rule = nearestOrigin?.rules.find((each) => each.reach === label.reach);
  const by = rule ? ` (rule ${rule.id}${rule.line === undefined ? '' : `, line ${rule.line}`})` : '';
  return `${name} ${placeWords[label.reach]}${by}.`;
}

const placeWords: Readonly<Record<Reach, string>> = {
  none: 'may not go to any model',
  device: 'may not leave this machine',
  perimeter: 'may not leave your organisation',
  cloud: 'may go anywhere',
};

function requiredPart(part: Part, label: Label): Refusal {
  const why = whyHeld(label);
  // Most parts are named after a file and its lines, and the reason names that file already.
  const saysWhich = why.startsWith(`${part.title.replace(/:\d+(-\d+)?$/, '')} `);
  return {
    reason: 'required-part',
    message: saysWhich ? why : `${part.title}: ${why}`,
    action: label.reach === 'none' ? 'Change the policy if a model may see it.' : 'Choose a model that runs nearer.',
  };
}

const nothingLeft: Refusal = {
  reason: 'required-part',
  message: 'Nothing of this request may go there.',
  action: 'Choose a model that runs nearer.',
};

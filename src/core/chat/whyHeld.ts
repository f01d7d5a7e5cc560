import { describeProvenance, type Provenance } from '../label/provenance.ts';
import type { Label, Origin } from '../label/labelled.ts';
import type { RuleRef } from '../policy/ruleRef.ts';
import { reachWords } from '../protocol/words.ts';

/** Why a text may not go everywhere: each origin that holds it back, with its rule. Empty where nothing does. */
export function whyHeld(label: Label): string {
  if (label.reach === 'cloud') return '';
  const lines = holders(label).map((origin) =>
    [`${describeProvenance(origin.provenance)} ${reachWords[origin.reach]}`, ...firstRule(origin)].join(': '),
  );
  return lines.length === 0 ? `It ${reachWords[label.reach]}.` : unique(lines).join('\n');
}

/** The same of a text that was made from others, such as an answer: what it was made with. */
export function whyMade(label: Label): string {
  if (label.reach === 'cloud') return '';
  const lines = holders(label).map((origin) =>
    [describeProvenance(origin.provenance), ...firstRule(origin)].join(': '),
  );
  return lines.length === 0 ? `it ${reachWords[label.reach]}` : `made with ${unique(lines).join('; ')}`;
}

/** Names a rule so that a person finds it: `rule keys (.ringfence.jsonc, line 12), signing keys`. */
export function ruleWords(rule: RuleRef): string {
  const line = rule.line === undefined ? '' : `, line ${rule.line}`;
  const place = rule.file === undefined ? '' : ` (${lastName(rule.file)}${line})`;
  return [`rule ${rule.id}${place}`, ...(rule.reason === undefined ? [] : [rule.reason])].join(', ');
}

/**
 * The origins that hold a text back. One that only became nearer by being joined to another, as Ringfence's own words do in
 * an answer, is no reason; it counts only where there is no better one.
 */
function holders({ origins }: Label): readonly Origin[] {
  const held = origins.filter(({ reach }) => reach !== 'cloud');
  const causes = held.filter(({ rules, provenance }) => rules.length > 0 || isDoubtful(provenance));
  return causes.length > 0 ? causes : held;
}

function isDoubtful(provenance: Provenance): boolean {
  return provenance.kind !== 'product' && provenance.kind !== 'typed';
}

function firstRule({ rules }: Origin): readonly string[] {
  return rules.slice(0, 1).map(ruleWords);
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

function lastName(file: string): string {
  return file.split('/').at(-1) ?? file;
}

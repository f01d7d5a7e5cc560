import { describeProvenance } from '../label/provenance.ts';
import type { Label } from '../label/labelled.ts';
import type { RuleRef } from '../policy/ruleRef.ts';
import { reachWords } from '../protocol/words.ts';

/** Why a text may not go everywhere: each origin that holds it back, with its rule. Empty where nothing does. */
export function whyHeld(label: Label): string {
  const lines = label.origins
    .filter((origin) => origin.reach !== 'cloud')
    .map(({ provenance, reach, rules }) =>
      [`${describeProvenance(provenance)} ${reachWords[reach]}`, ...rules.slice(0, 1).map(ruleWords)].join(': '),
    );
  if (lines.length === 0 && label.reach !== 'cloud') return `The text ${reachWords[label.reach]}.`;
  return [...new Set(lines)].join('\n');
}

/** Names a rule so that a person finds it: `rule keys (.ringfence.jsonc, line 12), signing keys`. */
export function ruleWords(rule: RuleRef): string {
  const place =
    rule.file === undefined ? rule.layer : `${lastName(rule.file)}${rule.line ? `, line ${rule.line}` : ''}`;
  return [`rule ${rule.id} (${place})`, ...(rule.reason === undefined ? [] : [rule.reason])].join(', ');
}

function lastName(file: string): string {
  return file.split('/').at(-1) ?? file;
}

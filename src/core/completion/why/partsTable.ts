import { escapeHtml } from '../../audit/html.ts';
import { reachWords } from '../../protocol/words.ts';
import type { RuleRef } from '../../policy/ruleRef.ts';
import type { PromptPart } from './promptParts.ts';

const roleNames: Readonly<Record<string, string>> = {
  context: 'other file',
  prefix: 'before the cursor',
  suffix: 'after the cursor',
};

/** The parts of a prompt in order, with how far each may go and by which rule. Tokens are estimates. */
export function partsTable(parts: readonly PromptPart[], { evaluates }: { readonly evaluates: boolean }): string {
  const head = [
    cellHead('#'),
    cellHead('Part'),
    cellHead('How far it may go'),
    cellHead('Characters', 'number'),
    ...(evaluates ? [cellHead('Tokens', 'number'), cellHead('Kept', 'number'), cellHead('Anew', 'number')] : []),
  ];
  const rows = parts.map((part, index) => row(part, { number: index + 1, evaluates }));
  return `<div class="scroll"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

/** What a rule is called, and where it stands. */
export function ruleWords({ id, pattern, layer, file, line }: RuleRef): string {
  const place = file === undefined ? `${layer} rule` : `${file.split('/').at(-1) ?? file}:${line ?? 1}`;
  return id === pattern ? `${pattern} (${place})` : `${id}, ${pattern} (${place})`;
}

function row(
  part: PromptPart,
  { number, evaluates }: { readonly number: number; readonly evaluates: boolean },
): string {
  const { title, role, chars, tokens, keptTokens, fate } = part;
  const sent = fate === 'sent';
  const figures = evaluates ? [tokens, sent ? keptTokens : '–', sent ? tokens - keptTokens : '–'] : [];
  return `<tr class="${sent ? 'sent' : 'held'}"><td class="index">${number}</td><th scope="row"><span class="path">${escapeHtml(title)}</span><small>${escapeHtml(roleNames[role] ?? role)}</small></th><td>${reachCell(part)}</td>${[chars, ...figures].map(figure).join('')}</tr>`;
}

function reachCell({ reach, rules, fate, why }: PromptPart): string {
  const held = fate === 'sent' ? '' : `<b class="fate">${fate}</b> `;
  const because = why === undefined ? '' : `<small>${escapeHtml(why)}</small>`;
  const named = rules.map((rule) => `<small>${escapeHtml(`Rule ${ruleWords(rule)}`)}</small>`);
  return `${held}${escapeHtml(reachWords[reach])}${because}${named.length === 0 ? '<small>no rule speaks of it</small>' : named.join('')}`;
}

function cellHead(name: string, className?: string): string {
  return `<th scope="col"${className === undefined ? '' : ` class="${className}"`}>${name}</th>`;
}

function figure(value: number | string): string {
  return `<td class="number">${typeof value === 'number' ? value.toLocaleString('en-US') : value}</td>`;
}

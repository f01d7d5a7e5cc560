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
  // The roles stay what they are where a narrow column lays the cells out one below the other.
  return `<table role="table">
<thead role="rowgroup"><tr role="row">${head.join('')}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>`;
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
  const figures = [
    figure('Tokens', tokens),
    figure('Kept', sent ? keptTokens : undefined),
    figure('Anew', sent ? tokens - keptTokens : undefined),
  ];
  const cells = [
    `<td role="cell" class="index">${number}</td>`,
    `<th role="rowheader" scope="row"><span class="path">${escapeHtml(title)}</span><small>${escapeHtml(roleNames[role] ?? role)}</small></th>`,
    `<td role="cell" class="reach">${reachCell(part)}</td>`,
    figure('Characters', chars),
    ...(evaluates ? figures : []),
  ];
  return `<tr role="row" class="${sent ? 'sent' : 'held'}">${cells.join('')}</tr>`;
}

function reachCell({ reach, rules, fate, why }: PromptPart): string {
  const held = fate === 'sent' ? '' : `<b class="fate">${fate}:</b> `;
  const because = why === undefined ? '' : `<small>${escapeHtml(why)}</small>`;
  const named = rules.map(
    (rule) =>
      `<small>${escapeHtml(`Rule ${ruleWords(rule)}${rule.reason === undefined ? '' : `: ${rule.reason}`}`)}</small>`,
  );
  return `${held}${escapeHtml(reachWords[reach])}${because}${named.length === 0 ? '<small>no rule speaks of it</small>' : named.join('')}`;
}

function cellHead(name: string, className?: string): string {
  return `<th role="columnheader" scope="col"${className === undefined ? '' : ` class="${className}"`}>${name}</th>`;
}

function figure(name: string, value: number | undefined): string {
  return `<td role="cell" class="number" data-name="${name}">${value === undefined ? '–' : value.toLocaleString('en-US')}</td>`;
}

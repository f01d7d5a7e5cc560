import { formatDuration } from '../../protocol/amounts.ts';
import { reachWords, zoneWords } from '../../protocol/words.ts';
import type { Tally } from '../tally/tally.ts';
import type { Explanation } from './explanation.ts';
import type { PromptPart } from './promptParts.ts';
import { ruleWords } from './partsTable.ts';
import { whyReport, type Fact, type RequestReport } from './report.ts';

/** The same as Markdown, to be passed on: names, sizes and times. No text of any part is in it. */
export function whyMarkdown(explanation: Explanation, tally: Tally): string {
  const { place, told, instead, earlier, request, counters, quality } = whyReport(explanation, tally);
  const sentences = [told, ...(instead ? [instead] : [])].map(({ sentence, action }) =>
    plain(action === undefined ? sentence : `${sentence} ${action}`),
  );
  return [
    `# Why this suggestion?${place === undefined ? '' : ` ${code(place)}`}`,
    `**${plain(told.heading)}.** ${sentences.join(' ')}`,
    ...(earlier === undefined ? [] : [plain(earlier)]),
    ...(request ? requestBlocks(request) : []),
    '## This window',
    list(counters),
    '## Last 7 days',
    list(quality),
    '',
  ].join('\n\n');
}

function requestBlocks(request: RequestReport): readonly string[] {
  const { model, where, zone, evidence, parts, phases, evaluates } = request;
  return [
    `Served by ${code(model)}, ${plain(where)}${zone === undefined ? '' : ` (${zoneWords[zone]})`}.`,
    ...(evidence.length === 0 ? [] : [evidence.map((line) => `- ${plain(line)}`).join('\n')]),
    '## The prompt',
    partTable(parts, { evaluates }),
    '## Time',
    phases.map(({ name, ms }) => `- ${name}: ${formatDuration(ms)}`).join('\n'),
    '## The request',
    list(request.facts),
  ];
}

function partTable(parts: readonly PromptPart[], { evaluates }: { readonly evaluates: boolean }): string {
  const head = [
    '#',
    'Part',
    'Fate',
    'How far it may go',
    'Rules',
    'Characters',
    ...(evaluates ? ['Tokens', 'Kept'] : []),
  ];
  const rows = parts.map((part, index) => [
    `${index + 1}`,
    code(part.title),
    part.fate,
    reachWords[part.reach],
    part.rules.map((rule) => code(ruleWords(rule))).join(', '),
    `${part.chars}`,
    ...(evaluates ? [`${part.tokens}`, `${part.keptTokens}`] : []),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function list(facts: readonly Fact[]): string {
  if (facts.length === 0) return 'Nothing yet.';
  return facts
    .map(
      ({ name, value, note }) =>
        `- ${name}: ${plain(value)}${note === undefined || note === '' ? '' : ` (${plain(note)})`}`,
    )
    .join('\n');
}

/** A name as code: whatever it holds, it cannot end the code, the cell or the line. */
function code(name: string): string {
  const safe = oneLine(name).replaceAll('`', "'").replaceAll('|', '\\|');
  return `\`${safe}\``;
}

function plain(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_[\]<>|]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

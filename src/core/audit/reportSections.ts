import { formatBytes } from '../protocol/amounts.ts';
import { controlsFor } from './controls.ts';
import { escapeHtml, htmlTable, type Cell } from './html.ts';
import { reasonWords } from './reasonWords.ts';
import type { PrivacyReport } from './report.ts';
import { fates } from './reportBins.ts';
import { fateNames, reportChart } from './reportChart.ts';
import type { Group } from './reportTally.ts';

/** The body of a report: what went where, as tiles, a chart and tables. No script; everything is escaped. */
export function reportSections(report: PrivacyReport): string {
  return [
    `<p class="summary">${escapeHtml(summarise(report))}</p>`,
    tiles(report),
    section('Requests over time', `${reportChart(report)}\n<p class="note">Times are UTC.</p>`),
    section('By zone', tallyTable('Zone', report.byZone)),
    section('Backends and models', tallyTable('Backend and model', report.byModel)),
    rules(report),
    agreed(report),
    refused(report),
    found(report),
    folded('By day', tallyTable('Day and zone', report.byDay)),
    folded('Controls that this gives evidence for', controls(report)),
  ].join('\n');
}

/** What happened, in a sentence or two. */
export function summarise({ total, byFate }: PrivacyReport): string {
  const beyond = byFate.perimeter.requests + byFate.cloud.requests;
  const left =
    beyond === 0
      ? 'Nothing left this machine.'
      : `${beyond} of them left this machine, ${byFate.cloud.requests} of those for the cloud.`;
  return [`${plural(total.requests, 'request')}. ${left}`, ...asides(total)].join(' ');
}

function asides({ partsDropped, partsDeclassified }: PrivacyReport['total']): readonly string[] {
  const were = (count: number): string => (count === 1 ? 'was' : 'were');
  return [
    ...(partsDropped === 0 ? [] : [`${plural(partsDropped, 'part')} of prompts ${were(partsDropped)} held back.`]),
    ...(partsDeclassified === 0
      ? []
      : [`${plural(partsDeclassified, 'part')} went beyond a rule because you agreed to it.`]),
  ];
}

function tiles({ byFate }: PrivacyReport): string {
  const items = fates.map((fate) => {
    const { requests, refused, bytesOut } = byFate[fate];
    const detail = fate === 'unsent' ? unsent(refused, requests - refused) : formatBytes(bytesOut);
    return `<li><span class="swatch ${fate}"></span><b>${requests.toLocaleString('en-US')}</b> ${fateNames[fate]}<small>${detail}</small></li>`;
  });
  return `<ul class="tiles">${items.join('')}</ul>`;
}

function unsent(refused: number, other: number): string {
  const words = [refused > 0 ? `${refused} refused` : '', other > 0 ? `${other} given up or unanswered` : ''];
  return words.filter((word) => word !== '').join(', ') || 'refused, given up or unanswered';
}

function rules({ byRule }: PrivacyReport): string {
  const rows = byRule.map(({ id, layer, pattern, dropped, agreed: beyond, kept }): readonly Cell[] => [
    id,
    layer,
    pattern,
    dropped,
    beyond,
    kept,
  ]);
  const head = ['Rule', 'Layer', 'Pattern', 'Parts held back', 'Sent after all', 'Sent within reach'];
  return section(
    'Rules',
    rows.length === 0 ? empty('No rule spoke of anything that was asked for.') : htmlTable(head, rows),
  );
}

/** The latest come first; the files that are kept hold all of them. */
function agreed({ agreed: parts }: PrivacyReport): string {
  const title = 'Sent after all';
  if (parts.length === 0) return section(title, empty('Nothing was sent beyond a rule.'));
  const rows = parts
    .toReversed()
    .slice(0, mostAgreed)
    .map(({ ts, model, zone, rules: set, bytes }): readonly Cell[] => [
      `${ts.slice(0, 10)} ${ts.slice(11, 16)}`,
      model,
      zone,
      set.join(', '),
      { figure: formatBytes(bytes) },
    ]);
  const note = 'A person looked at each of these texts in full and agreed to send it, once.';
  const more = parts.length > mostAgreed ? ` These are the latest ${mostAgreed} of ${parts.length}.` : '';
  const table = htmlTable(['When', 'Backend and model', 'Zone', 'Rule set aside', 'Size'], rows);
  return section(title, `<p class="note">${note}${more}</p>\n${table}`);
}

const mostAgreed = 50;

function refused({ refusals }: PrivacyReport): string {
  const rows = refusals.map(({ name, count }): readonly Cell[] => [name, reasonWords(name), count]);
  const head = ['Reason', 'What it means', 'Requests'];
  return section('Refused', rows.length === 0 ? empty('No request was refused.') : htmlTable(head, rows));
}

function found({ findings }: PrivacyReport): string {
  const rows = findings.map(({ name, count }): readonly Cell[] => [name, count]);
  const none = 'Nothing was found in what was about to leave.';
  return section('Content scan', rows.length === 0 ? empty(none) : htmlTable(['Found', 'Times'], rows));
}

function controls(report: PrivacyReport): string {
  const rows = controlsFor(report).map(({ framework, id, asks, evidence }) => [framework, id, asks, evidence]);
  const note = 'The mapping helps a review; it is no certification.';
  return `${htmlTable(['Framework', 'Control', 'Asks', 'Evidence'], rows)}\n<p class="note">${note}</p>`;
}

function tallyTable(name: string, groups: readonly Group[]): string {
  if (groups.length === 0) return empty('None.');
  return htmlTable([name, ...tallyHead], groups.map(tallyRow));
}

const tallyHead = ['Requests', 'Refused', 'Sent', 'Tokens in', 'Tokens out', 'Cost ($)', 'Parts sent', 'Held back'];

function tallyRow({ name, tally }: Group): readonly Cell[] {
  const { requests, refused, bytesOut, inputTokens, outputTokens, costUsd, partsKept, partsDropped } = tally;
  const sent = { figure: formatBytes(bytesOut) };
  const cost = { figure: costUsd === 0 ? '–' : costUsd.toFixed(4) };
  return [name, requests, refused, sent, inputTokens, outputTokens, cost, partsKept, partsDropped];
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${content}</section>`;
}

function folded(title: string, content: string): string {
  return `<details><summary><h2>${escapeHtml(title)}</h2></summary>\n${content}</details>`;
}

function empty(sentence: string): string {
  return `<p class="note">${escapeHtml(sentence)}</p>`;
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

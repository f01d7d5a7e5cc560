import { spanText } from '../core/audit/exportHtml.ts';
import type { PrivacyReport } from '../core/audit/report.ts';
import { summarise } from '../core/audit/reportSections.ts';
import type { Group } from '../core/audit/reportTally.ts';
import { formatBytes } from '../core/protocol/amounts.ts';

/** A report for the terminal: a sentence, then tables. */
export function reportText(report: PrivacyReport): string {
  const { byZone, byModel, byRule, refusals, findings } = report;
  return [
    `Privacy report, ${spanText(report)}`,
    summarise(report),
    ...tallies('Where it went', byZone),
    ...tallies('Backends and models', byModel),
    ...table('Rules', [
      ['rule', 'layer', 'pattern', 'held back', 'sent within reach'],
      ...byRule.map(({ id, layer, pattern, dropped, kept }) => [id, layer, pattern, String(dropped), String(kept)]),
    ]),
    ...table('Refusals', [['reason', 'requests'], ...refusals.map(({ name, count }) => [name, String(count)])]),
    ...table('Content scan', [['found', 'times'], ...findings.map(({ name, count }) => [name, String(count)])]),
  ].join('\n');
}

function tallies(title: string, groups: readonly Group[]): readonly string[] {
  const head = ['', 'requests', 'refused', 'sent', 'tokens in', 'tokens out', 'parts sent', 'held back'];
  const rows = groups.map(({ name, tally }) => {
    const { requests, refused, bytesOut, inputTokens, outputTokens, partsKept, partsDropped } = tally;
    const numbers = [inputTokens, outputTokens, partsKept, partsDropped].map(String);
    return [name, String(requests), String(refused), formatBytes(bytesOut), ...numbers];
  });
  return table(title, [head, ...rows]);
}

/** Columns under their heads; nothing at all where there is no row. */
function table(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length < 2) return [];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return ['', title, ...lines];
}

import type { FullReport } from './report.ts';
import type { RequestRow } from './requestRow.ts';

/**
 * One line per request (RFC 4180, UTF-8), piece by piece. A cell that a spreadsheet would run as a formula gets an apostrophe before it:
 * names of models and files come from outside.
 */
export function* exportCsv({ rows }: FullReport): Iterable<string> {
  yield lineOf(columns.map(([name]) => name));
  for (const row of rows) yield lineOf(columns.map(([, cell]) => cell(row)));
}

const columns: readonly (readonly [name: string, cell: (row: RequestRow) => string | number])[] = [
  ['time', (row) => row.ts],
  ['request', (row) => row.id],
  ['user', (row) => row.user],
  ['intent', (row) => row.intent],
  ['zone', (row) => row.zone],
  ['backend', (row) => row.backend],
  ['model', (row) => row.model],
  ['upstream', (row) => row.upstream],
  ['host', (row) => row.host],
  ['evidence', (row) => row.evidence.join('; ')],
  ['verdict', (row) => row.verdict],
  ['reason', (row) => row.reason],
  ['outcome', (row) => row.outcome],
  ['bytes_out', (row) => row.bytesOut],
  ['input_tokens', (row) => row.inputTokens],
  ['output_tokens', (row) => row.outputTokens],
  ['cost_usd', (row) => row.costUsd],
  ['duration_ms', (row) => row.durationMs],
  ['parts_kept', (row) => row.parts.filter((part) => !part.dropped).length],
  ['parts_dropped', (row) => row.parts.filter((part) => part.dropped).length],
  ['parts_declassified', (row) => row.parts.filter((part) => part.declassified).length],
  ['rules', (row) => [...new Set(row.parts.flatMap((part) => part.rules.map((rule) => rule.id)))].join('; ')],
  ['findings', (row) => row.findings.map(({ rule, count }) => `${rule} ×${count}`).join('; ')],
  ['policy', (row) => row.policy],
];

function lineOf(cells: readonly (string | number)[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

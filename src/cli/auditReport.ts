import { exportCsv } from '../core/audit/exportCsv.ts';
import { exportHtml } from '../core/audit/exportHtml.ts';
import { exportJson } from '../core/audit/exportJson.ts';
import { readLedger } from '../core/audit/readLedger.ts';
import { report, type FullReport, type Span } from '../core/audit/report.ts';
import { readLedgerFiles } from '../node/ledgerFile.ts';
import { reportText } from './auditReportText.ts';
import type { Call, Command } from './command.ts';
import { findLedgerFolder } from './ledgerFolder.ts';
import { failed, type Outcome } from './outcome.ts';

const writers: Readonly<Record<string, (report: FullReport) => string>> = {
  text: reportText,
  csv: (found) => [...exportCsv(found)].join(''),
  html: exportHtml,
};

/** What went where. */
export const auditReport: Command = {
  name: 'audit report',
  operands: '[FOLDER]',
  count: { least: 0, most: 1 },
  summary: 'Count what went where, from the ledger.',
  help: [
    'FOLDER holds the ledger; without it the one that the editor keeps for this user is looked for.',
    'Days are those of UTC. The report names SOC 2, ISO/IEC 27001 and NIST AI RMF controls in its HTML and JSON forms.',
    'Whether the records are the ones that were written, "ringfence audit verify" says.',
  ],
  options: [
    { name: 'from', value: 'DAY', help: 'The first day that counts, as 2026-11-20. Without it: the first on record.' },
    { name: 'to', value: 'DAY', help: 'The last day that counts. Without it: today.' },
    { name: 'format', value: 'FORMAT', help: 'text, csv or html.' },
  ],
  run,
};

async function run(call: Call): Promise<Outcome> {
  const span = spanOf(call);
  if ('kind' in span) return span;
  const format = call.value('format') ?? 'text';
  const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (!write) return failed(`There is no format "${format}".`, 'Use text, csv or html, or --json.');
  const folder = await findLedgerFolder(call);
  if (typeof folder !== 'string') return folder;
  const found = report(readLedger(await readLedgerFiles(folder, Date.parse(span.from))), span);
  return {
    kind: 'done',
    found: false,
    text: write(found).replace(/\n$/, ''),
    json: { folder, ...JSON.parse([...exportJson(found)].join('')) },
  };
}

function spanOf({ value }: Call): Span | Extract<Outcome, { kind: 'failed' }> {
  const [from, to] = [value('from') ?? '1970-01-01', value('to') ?? new Date().toISOString().slice(0, 10)];
  for (const day of [from, to]) if (!isDay(day)) return failed(`"${day}" is no day.`, 'Write it as 2026-11-20.');
  if (to < from) return failed(`The last day, ${to}, lies before the first, ${from}.`, 'Swap --from and --to.');
  return { from: `${from}T00:00:00.000Z`, to: new Date(Date.parse(to) + dayMs).toISOString() };
}

/** Exact spelling only, and a day that there is: 2026-02-30 is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const dayMs = 24 * 60 * 60 * 1000;

import type { Receipt } from '../audit/receipt.ts';
import { formatBytes, formatDuration } from '../protocol/amounts.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';
import { servedWhere, zoneIcon, zoneOfReceipt } from './servedBy.ts';

/**
 * The last requests as a Markdown table, newest first. Requests of one kind that went to one model stand in one row, with
 * their sum, so that an answer from elsewhere is not pushed out by the keys that were typed since.
 */
export function recentTable(recent: readonly Receipt[]): string {
  const runs = runsOf(recent).slice(0, mostRows);
  const anyHeld = runs.some(({ held }) => held > 0);
  const columns = ['', 'model', 'served by', 'sent', 'tokens', 'time', ...(anyHeld ? ['held back'] : [])];
  const rows = runs.map((run) => cells(run).slice(0, columns.length));
  return [
    line(columns.map(unbroken)),
    line(columns.map((_, at) => (at < 3 ? ':--' : '--:'))),
    ...rows.map((row) => line(row.map(unbroken))),
  ].join('\n');
}

const mostRows = 6;

/** Requests in a row that a reader need not tell apart. */
type Run = {
  readonly last: Receipt;
  readonly count: number;
  readonly bytes: number;
  readonly prompt: number | undefined;
  readonly output: number | undefined;
  readonly held: number;
};

function runsOf(recent: readonly Receipt[]): readonly Run[] {
  const runs: Run[] = [];
  for (const receipt of recent) {
    const run = runs.at(-1);
    if (run && sameKind(run.last, receipt)) runs[runs.length - 1] = joined(run, runOf(receipt));
    else runs.push(runOf(receipt));
  }
  return runs;
}

function sameKind(a: Receipt, b: Receipt): boolean {
  return (
    a.intent === b.intent &&
    modelOf(a) === modelOf(b) &&
    servedWhere(a) === servedWhere(b) &&
    heldBack(a) === 0 &&
    heldBack(b) === 0
  );
}

function runOf(receipt: Receipt): Run {
  const { promptTokens, outputTokens } = receipt.usage;
  const held = heldBack(receipt);
  return { last: receipt, count: 1, bytes: receipt.bytesOut, prompt: promptTokens, output: outputTokens, held };
}

function joined(run: Run, older: Run): Run {
  return {
    ...run,
    count: run.count + 1,
    bytes: run.bytes + older.bytes,
    prompt: sum(run.prompt, older.prompt),
    output: sum(run.output, older.output),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function cells({ last, count, bytes, prompt, output, held }: Run): readonly string[] {
  const chat = last.intent === 'chat' ? 'chat · ' : '';
  return [
    `$(${zoneIcon(zoneOfReceipt(last))})`,
    `${escapeMarkdown(chat + modelOf(last))}${count > 1 ? ` × ${count}` : ''}`,
    escapeMarkdown(servedWhere(last)),
    formatBytes(bytes),
    prompt === undefined && output === undefined ? '–' : `${prompt ?? '?'} → ${output ?? '?'}`,
    formatDuration(last.durationMs),
    held === 0 ? '–' : String(held),
  ];
}

function modelOf(receipt: Receipt): string {
  return receipt.served?.model ?? receipt.model.model;
}

function heldBack({ verdict }: Receipt): number {
  return verdict.parts.filter((part) => part.decision === 'drop').length;
}

function line(row: readonly string[]): string {
  return `| ${row.join(' | ')} |`;
}

/** The hover is narrow and would break a cell at every blank. Its cells stand close, too: blanks at an end are cut off. */
function unbroken(cell: string): string {
  return `${cell.replaceAll(' ', '\u00a0')}&nbsp;&nbsp;`;
}

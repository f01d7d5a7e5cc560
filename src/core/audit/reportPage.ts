import { spanText } from './exportHtml.ts';
import { escapeHtml } from './html.ts';
import { periods, type Period } from './period.ts';
import type { PrivacyReport } from './report.ts';
import { reportSections } from './reportSections.ts';
import { reportStyle } from './reportStyle.ts';

export type ReportPage = {
  readonly report: PrivacyReport;
  readonly period: Period;
  /** Fresh for each page. */
  readonly nonce: string;
};

/** The commands that links of the page run; no other link works in it. */
export const reportCommands = {
  show: 'ringfence.report.show',
  export: 'ringfence.report.export',
  verify: 'ringfence.ledger.verify',
} as const;

/** The report as a view of the editor: its colours, no script, nothing loaded. Links are commands. */
export function reportPage({ report, period, nonce }: ReportPage): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Privacy Report</title>
<style nonce="${nonce}">${style}${reportStyle}</style>
</head>
<body>
<header>
<h1>Privacy report <span class="note">${escapeHtml(spanText(report))}</span></h1>
<nav aria-label="Period">${periods.map((one) => periodLink(one, period)).join(' ')} ${link(reportCommands.show, [], 'Refresh')}</nav>
<nav aria-label="Keep">${['html', 'csv', 'json'].map((format) => exportLink(format)).join(' ')} ${link(reportCommands.verify, [], 'Verify ledger')}</nav>
</header>
<main>
${report.total.requests === 0 ? nothing(period) : reportSections(report)}
</main>
</body>
</html>`;
}

function periodLink(one: Period, current: Period): string {
  const text = periodNames[one];
  return one === current
    ? `<span class="current" aria-current="true">${text}</span>`
    : link(reportCommands.show, [one], text);
}

function exportLink(format: string): string {
  return link(reportCommands.export, [format], `Save as ${format.toUpperCase()}`);
}

function link(command: string, values: readonly string[], text: string): string {
  const query = values.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(values))}`;
  return `<a href="command:${command}${query}">${escapeHtml(text)}</a>`;
}

function nothing(period: Period): string {
  const sentence =
    period === 'all' ? 'No request has been recorded on this machine yet.' : 'No request was recorded in these days.';
  return `<p class="summary">${sentence}</p>
<p class="note">Each request to a model, sent or refused, is recorded here: where it went, what it carried and what was held back, never its text.</p>`;
}

const periodNames: Readonly<Record<Period, string>> = { day: 'Today', week: '7 days', month: '30 days', all: 'All' };

const style = `:root{--text:var(--vscode-foreground);--muted:var(--vscode-descriptionForeground);--line:var(--vscode-contrastBorder,var(--vscode-widget-border,var(--vscode-editorWidget-border)));--device:var(--vscode-charts-green);--perimeter:var(--vscode-charts-blue);--cloud:var(--vscode-charts-yellow);--unsent:var(--vscode-descriptionForeground)}
body{font-family:var(--vscode-font-family);font-size:var(--vscode-font-size);line-height:1.5;color:var(--text);max-width:72rem;margin:0 auto;padding:1.5em 2em 4em}
header{display:flex;flex-wrap:wrap;gap:.3em 1.5em;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.7em;margin-bottom:1em}
header h1{flex:1 1 100%;margin:0 0 .3em}
h1 .note{display:inline-block;font-size:.7em;font-weight:normal}
nav{display:flex;flex-wrap:wrap;gap:.2em 1em}
nav:last-child{margin-left:auto}
a{color:var(--vscode-textLink-foreground);text-decoration:none}
a:hover{color:var(--vscode-textLink-activeForeground);text-decoration:underline}
a:focus-visible,summary:focus-visible{outline:1px solid var(--vscode-focusBorder);outline-offset:2px}
.current{font-weight:600;border-bottom:2px solid var(--vscode-focusBorder,var(--text))}`;

import { escapeHtml } from './html.ts';
import type { PrivacyReport } from './report.ts';
import { reportSections } from './reportSections.ts';
import { reportStyle } from './reportStyle.ts';

/** A page for people: tiles, a chart, tables, the controls. Self-contained, no script, everything escaped. */
export function exportHtml(report: PrivacyReport): string {
  const title = `Privacy report, ${spanText(report)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}${reportStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${reportSections(report)}
<p class="note">The records themselves are checked with <code>ringfence audit verify</code>.</p>
</body>
</html>
`;
}

/** The days of a report, both counted, as people write them: `2026-11-14 to 2026-11-20`. */
export function spanText({ from, to, hours }: Pick<PrivacyReport, 'from' | 'to' | 'hours'>): string {
  const [first, last] = [from.startsWith('1970') ? (hours[0]?.hour ?? from) : from, lastDay(to)];
  return first.slice(0, 10) === last ? last : `${first.slice(0, 10)} to ${last}`;
}

function lastDay(to: string): string {
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
}

const style = `:root{color-scheme:light dark;--text:#1b1f23;--paper:#fff;--muted:#59636e;--line:#d0d7de;--device:#2da44e;--perimeter:#0969da;--cloud:#bc4c00;--unsent:#6e7781}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--paper:#0d1117;--muted:#9198a1;--line:#30363d;--device:#3fb950;--perimeter:#58a6ff;--cloud:#f0883e;--unsent:#8b949e}}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--paper)}`;

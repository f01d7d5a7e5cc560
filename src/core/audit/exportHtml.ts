import { controlsFor } from './controls.ts';
import type { Count, Group, PrivacyReport, Tally } from './report.ts';

/** A page for people: tables, a bar for each zone, the controls. Self-contained, no script, everything escaped. */
export function exportHtml(report: PrivacyReport): string {
  const { from, to, total } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Privacy report ${escapeHtml(day(from))} to ${escapeHtml(day(to))}</title>
<style>${style}</style>
</head>
<body>
<h1>Privacy report</h1>
<p>${escapeHtml(day(from))} to ${escapeHtml(day(to))}: ${total.requests} requests, ${total.refused} refused, ${total.partsDropped} parts held back, ${bytes(total.bytesOut)} sent.</p>
${chart(report.byZone)}
${table('By zone', [...tallyHead('Zone')], report.byZone.map(tallyRow))}
${table('By model', [...tallyHead('Backend and model')], report.byModel.map(tallyRow))}
${table('By day', [...tallyHead('Day and zone')], report.byDay.map(tallyRow))}
${table(
  'By rule',
  ['Rule', 'Layer', 'Pattern', 'Held back', 'Sent within reach'],
  report.byRule.map(({ id, layer, pattern, dropped, kept }) => [id, layer, pattern, dropped, kept]),
)}
${table('Refusals', ['Reason', 'Requests'], report.refusals.map(countRow))}
${table('Content scan', ['Rule', 'Finds'], report.findings.map(countRow))}
${table(
  'Controls',
  ['Framework', 'Control', 'Asks', 'Evidence'],
  controlsFor(report).map(({ framework, id, asks, evidence }) => [framework, id, asks, evidence]),
)}
<p>The mapping to controls helps a review; it is no certification. The records themselves are checked with <code>ringfence audit verify</code>.</p>
</body>
</html>
`;
}

/** For text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function chart(byZone: readonly Group[]): string {
  const most = Math.max(1, ...byZone.map(({ tally }) => tally.requests));
  const bars = byZone.map(({ name, tally }, index) => {
    const width = Math.round((tally.requests / most) * 400);
    const label = `${tally.requests} requests, ${bytes(tally.bytesOut)}`;
    const y = index * 32;
    return `<text x="0" y="${y + 20}">${escapeHtml(name)}</text><rect x="90" y="${y + 4}" width="${width}" height="22"/><text x="${width + 98}" y="${y + 20}">${label}</text>`;
  });
  return `<svg role="img" aria-label="Requests by zone" viewBox="0 0 700 ${byZone.length * 32}" width="700">${bars.join('')}</svg>`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  if (rows.length === 0) return `<h2>${title}</h2>\n<p>None.</p>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  const heads = head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  return `<h2>${title}</h2>\n<table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function cell(value: string | number): string {
  return typeof value === 'number' ? `<td class="number">${value}</td>` : `<td>${escapeHtml(value)}</td>`;
}

function tallyHead(name: string): readonly string[] {
  return [
    name,
    'Requests',
    'Refused',
    'Sent',
    'Tokens in',
    'Tokens out',
    'Cost (USD)',
    'Parts sent',
    'Parts held back',
  ];
}

function tallyRow({ name, tally }: Group): readonly (string | number)[] {
  const { requests, refused, bytesOut, inputTokens, outputTokens, partsKept, partsDropped } = tally;
  return [name, requests, refused, bytes(bytesOut), inputTokens, outputTokens, cost(tally), partsKept, partsDropped];
}

function countRow({ name, count }: Count): readonly (string | number)[] {
  return [name, count];
}

function cost({ costUsd }: Tally): string {
  return costUsd.toFixed(4);
}

function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

function day(moment: string): string {
  return moment.slice(0, 10);
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1f23;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d0d7de;padding:.35rem .6rem;text-align:left;vertical-align:top}
td.number{text-align:right;font-variant-numeric:tabular-nums}
svg{max-width:100%;height:auto}rect{fill:#2f6f9f}text{font:14px system-ui,sans-serif;fill:currentColor}
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#30363d}rect{fill:#58a6ff}}`;

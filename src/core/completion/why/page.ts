import { escapeHtml } from '../../audit/html.ts';
import type { Tally } from '../tally/tally.ts';
import type { Explanation } from './explanation.ts';
import { whyReport } from './report.ts';
import { whySections } from './sections.ts';
import { whyStyle } from './style.ts';

export type WhyPage = {
  readonly explanation: Explanation;
  readonly tally: Tally;
  /** Whether the exact text of the prompt is laid open, for the user who looks at it. */
  readonly withText: boolean;
  /** Fresh for each page. */
  readonly nonce: string;
};

/** The commands that links of the page run; no other link works in it. */
export const whyCommands = {
  show: 'ringfence.whyThisSuggestion',
  copy: 'ringfence.whyThisSuggestion.copy',
} as const;

/** Why a suggestion came, as a view of the editor: its colours, no script, nothing loaded. Links are commands. */
export function whyPage({ explanation, tally, withText, nonce }: WhyPage): string {
  const report = whyReport(explanation, tally);
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  const text = withText
    ? link(whyCommands.show, ['words'], 'Hide the text')
    : link(whyCommands.show, ['text'], 'Show the text');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Why This Suggestion?</title>
<style nonce="${nonce}">${whyStyle}</style>
</head>
<body>
<header>
<h1>Why this suggestion?${report.place === undefined ? '' : ` <span class="note">${escapeHtml(report.place)}</span>`}</h1>
<nav aria-label="View">${link(whyCommands.show, [], 'Refresh')} ${report.request ? text : ''} ${link(whyCommands.copy, [], 'Copy as Markdown')}</nav>
</header>
<main>
${whySections(report, { withText })}
</main>
</body>
</html>`;
}

function link(command: string, values: readonly string[], text: string): string {
  const query = values.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(values))}`;
  return `<a href="command:${command}${query}">${escapeHtml(text)}</a>`;
}

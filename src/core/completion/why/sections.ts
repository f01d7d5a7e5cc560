import { escapeHtml } from '../../audit/html.ts';
import { formatDuration } from '../../protocol/amounts.ts';
import { zoneWords } from '../../protocol/words.ts';
import { promptBar, timeline } from './charts.ts';
import type { Phase } from './phases.ts';
import type { PromptPart } from './promptParts.ts';
import type { Fact, RequestReport, WhyReport } from './report.ts';
import { exactText } from './exactText.ts';
import { partsTable } from './partsTable.ts';

/** The body of the page. No script; everything is escaped. */
export function whySections(report: WhyReport, { withText }: { readonly withText: boolean }): string {
  const { request } = report;
  return [
    verdict(report),
    ...(request ? requestSections(request, { withText }) : []),
    section('This window', tiles(report.counters, 'Nothing was typed or asked for yet.')),
    section(
      'Your last 7 days',
      `${tiles(report.quality, 'Nothing was offered yet.')}\n<p class="note">Counted on this machine, kept on this machine, never sent. Numbers only: no code, no names of files.</p>`,
    ),
  ].join('\n');
}

/** What happened, and who served it, before anything else. */
function verdict({ told, instead, earlier, request }: WhyReport): string {
  const lines = [told, ...(instead ? [instead] : [])].map(
    ({ sentence, action }) =>
      `<p>${escapeHtml(sentence)}${action === undefined ? '' : ` <span class="action">${escapeHtml(action)}</span>`}</p>`,
  );
  const past = earlier === undefined ? '' : `<p class="note">${escapeHtml(earlier)}</p>`;
  return `<section class="verdict"><h2>${escapeHtml(told.heading)}</h2>\n${lines.join('\n')}\n${past}${request ? served(request) : ''}</section>`;
}

function served({ model, where, zone }: RequestReport): string {
  // On this machine the place is the zone.
  const place = zone === undefined || zone === 'device' ? '' : ` <small>${escapeHtml(zoneWords[zone])}</small>`;
  return `<p class="served"><span class="swatch ${zone ?? 'unsent'}"></span><b>${escapeHtml(model)}</b> <span>${escapeHtml(where)}</span>${place}</p>`;
}

function requestSections(request: RequestReport, { withText }: { readonly withText: boolean }): readonly string[] {
  const { parts, phases, evidence, evaluates } = request;
  return [
    section(
      'The prompt',
      [
        promptSummary(request),
        evaluates ? promptBar(parts) + legend(parts) : '',
        partsTable(parts, { evaluates }),
      ].join('\n'),
    ),
    ...(withText ? [section('The exact text', exactText(parts))] : []),
    section('Time', time(phases)),
    section('The request', facts(request.facts, 'facts')),
    ...(evidence.length === 0
      ? []
      : [
          section(
            'How its place is known',
            `<ul class="evidence">${evidence.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
          ),
        ]),
  ];
}

function promptSummary({ parts, evaluates }: RequestReport): string {
  const sum = (of: (part: PromptPart) => number): number =>
    parts.filter(({ fate }) => fate === 'sent').reduce((total, part) => total + of(part), 0);
  const [tokens, kept] = [sum((part) => part.tokens), sum((part) => part.keptTokens)];
  const held = parts.filter(({ fate }) => fate !== 'sent').length;
  const heldWords = held === 0 ? '' : ` ${count(held)} of ${count(parts.length)} parts did not go.`;
  if (tokens === 0) return `<p>Nothing of it was sent.${heldWords}</p>`;
  // All is said only of all.
  const share = Math.floor((100 * kept) / tokens);
  const words = evaluates
    ? `About ${count(tokens)} tokens: ${count(kept)} kept from before (${share} %), ${count(tokens - kept)} to be read anew.`
    : `The engine in this editor read ${count(sum((part) => part.chars))} characters. Nothing has to be evaluated.`;
  return `<p>${escapeHtml(words + heldWords)}</p>`;
}

function legend(parts: readonly PromptPart[]): string {
  const roles = (['context', 'prefix', 'suffix'] as const).filter((role) =>
    parts.some((part) => part.role === role && part.fate === 'sent'),
  );
  if (roles.length === 0) return '';
  const names = { context: 'other files', prefix: 'before the cursor', suffix: 'after the cursor' } as const;
  const items = roles.map((role) => `<li><span class="swatch ${role}"></span>${names[role]}</li>`);
  return `<ul class="legend">${items.join('')}<li><span class="swatch kept"></span>hatched: kept from before, full: read anew</li></ul>`;
}

function time(phases: readonly Phase[]): string {
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  const rows = phases.map(
    ({ key, name, what, ms }) =>
      `<li><span class="swatch ${key}"></span><b>${escapeHtml(name)}</b> <span class="figure">${formatDuration(ms)}</span> <small>${escapeHtml(what)}</small></li>`,
  );
  return `<p>${formatDuration(total)} from the key that led to the request to its end.</p>\n${timeline(phases)}\n<ol class="phases">${rows.join('')}</ol>`;
}

function tiles(all: readonly Fact[], none: string): string {
  return all.length === 0 ? `<p>${none}</p>` : facts(all, 'tiles');
}

/** `tiles` for numbers that are looked at on their own, `facts` for a list. */
function facts(all: readonly Fact[], look: 'tiles' | 'facts'): string {
  const items = all.map(
    ({ name, value, note }) =>
      `<div><dt>${escapeHtml(name)}</dt><dd><b>${escapeHtml(value)}</b>${note === undefined || note === '' ? '' : `<small>${escapeHtml(note)}</small>`}</dd></div>`,
  );
  return `<dl class="${look}">${items.join('')}</dl>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${content}</section>`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

import { escapeHtml } from '../../audit/html.ts';
import { formatDuration } from '../../protocol/amounts.ts';
import type { Phase } from './phases.ts';
import type { PromptPart } from './promptParts.ts';

/** Everything is in per cent of the width, so that a narrow column shrinks the bars and not the writing. */
const gap = 0.3;
/** Nothing that is there is too narrow to be seen. */
const leastWidth = 0.5;
/** A label stands only where it has room. */
const roomForNumber = 2;
const roomForTime = 10;

/**
 * The parts of a prompt as one bar in the order in which the model reads them. What the server still had is drawn pale and
 * hatched, what it reads anew is full. Inline SVG without a script; the table below it says the same in words.
 */
export function promptBar(parts: readonly PromptPart[]): string {
  const sent = parts.filter((part) => part.fate === 'sent' && part.chars > 0);
  if (sent.length === 0) return '';
  const summary = sent.map((part) => `${part.title} ${part.tokens} tokens, ${part.keptTokens} kept`).join('; ');
  const places = shareOut(sent.map((part) => part.chars));
  const boxes = sent.map((part, index) => partBox(part, places[index] ?? nowhere, parts.indexOf(part) + 1));
  return `<svg class="prompt" role="img" aria-label="${escapeHtml(`The prompt: ${summary}`)}">
<defs><pattern id="kept" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
${boxes.join('\n')}
</svg>`;
}

/** The steps of a request as one bar, in proportion to their time. */
export function timeline(phases: readonly Phase[]): string {
  const timed = phases.filter(({ ms }) => ms > 0);
  if (timed.length === 0) return '';
  const summary = phases.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(', ');
  const places = shareOut(timed.map(({ ms }) => ms));
  const boxes = timed.map((phase, index) => phaseBox(phase, places[index] ?? nowhere));
  return `<svg class="time" role="img" aria-label="${escapeHtml(`Time: ${summary}`)}">
${boxes.join('\n')}
</svg>`;
}

type Place = { readonly x: number; readonly width: number };

const nowhere: Place = { x: 0, width: 0 };

function partBox(part: PromptPart, { x, width }: Place, number: number): string {
  const kept = (width * part.keptChars) / part.chars;
  const title = `${part.title}: about ${part.tokens} tokens, ${part.keptTokens} kept`;
  const label =
    width < roomForNumber ? '' : `<text class="number" x="${percent(x + width / 2)}" y="12">${number}</text>`;
  return `<g><title>${escapeHtml(title)}</title>
${label}${rect(`part ${part.role} kept`, x, kept)}${rect('hatched', x, kept)}${rect(`part ${part.role}`, x + kept, width - kept)}</g>`;
}

function phaseBox({ key, name, ms }: Phase, { x, width }: Place): string {
  const time = escapeHtml(formatDuration(ms));
  const label = width < roomForTime ? '' : `<text class="within" x="${percent(x + width / 2)}" y="18">${time}</text>`;
  return `<rect class="phase ${key}" x="${percent(x)}" y="1" width="${percent(width)}" height="26" rx="2"><title>${escapeHtml(name)}: ${time}</title></rect>${label}`;
}

function rect(name: string, x: number, width: number): string {
  return width <= 0 ? '' : `<rect class="${name}" x="${percent(x)}" y="18" width="${percent(width)}" height="40"/>`;
}

/** Places in proportion, none narrower than the least, all of them and their gaps as wide as the picture. */
function shareOut(amounts: readonly number[]): readonly Place[] {
  const room = 100 - gap * (amounts.length - 1) - leastWidth * amounts.length;
  const sum = amounts.reduce((a, b) => a + b, 0);
  let next = 0;
  return amounts.map((amount) => {
    const place = { x: next, width: leastWidth + (room * amount) / sum };
    next += place.width + gap;
    return place;
  });
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}

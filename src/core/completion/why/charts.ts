import { escapeHtml } from '../../audit/html.ts';
import { formatDuration } from '../../protocol/amounts.ts';
import type { Phase } from './phases.ts';
import type { PromptPart } from './promptParts.ts';

const width = 720;
const gap = 2;
/** Nothing that is there is too narrow to be seen. */
const leastWidth = 3;

/**
 * The parts of a prompt as one bar in the order in which the model reads them. What the server still had is drawn pale and
 * hatched, what it evaluates is full. Inline SVG without a script; the table below it says the same in words.
 */
export function promptBar(parts: readonly PromptPart[]): string {
  const sent = parts.filter((part) => part.fate === 'sent' && part.chars > 0);
  if (sent.length === 0) return '';
  const widths = shareOut(sent.map((part) => part.chars));
  const summary = sent.map((part) => `${part.title} ${part.tokens} tokens, ${part.keptTokens} kept`).join('; ');
  let x = 0;
  const boxes = sent.map((part, index) => {
    const box = partBox(part, { x, width: widths[index] ?? 0, number: parts.indexOf(part) + 1 });
    x += (widths[index] ?? 0) + gap;
    return box;
  });
  return `<svg role="img" aria-label="${escapeHtml(`The prompt: ${summary}`)}" viewBox="0 0 ${width} 62">
<defs><pattern id="kept" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
${boxes.join('\n')}
</svg>`;
}

/** The steps of a request as one bar, in proportion to their time. */
export function timeline(phases: readonly Phase[]): string {
  const timed = phases.filter(({ ms }) => ms > 0);
  if (timed.length === 0) return '';
  const widths = shareOut(timed.map(({ ms }) => ms));
  const summary = phases.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(', ');
  let x = 0;
  const boxes = timed.map(({ key, name, ms }, index) => {
    const wide = widths[index] ?? 0;
    const label =
      wide > 64
        ? `<text class="within" x="${round(x + wide / 2)}" y="19">${escapeHtml(formatDuration(ms))}</text>`
        : '';
    const box = `<rect class="phase ${key}" x="${round(x)}" y="2" width="${round(wide)}" height="26" rx="2"><title>${escapeHtml(`${name}: ${formatDuration(ms)}`)}</title></rect>${label}`;
    x += wide + gap;
    return box;
  });
  return `<svg role="img" aria-label="${escapeHtml(`Time: ${summary}`)}" viewBox="0 0 ${width} 30">
${boxes.join('\n')}
</svg>`;
}

type BoxPlace = { readonly x: number; readonly width: number; readonly number: number };

function partBox(part: PromptPart, { x, width: wide, number }: BoxPlace): string {
  const kept = (wide * part.keptChars) / part.chars;
  const fresh = wide - kept;
  const rect = (name: string, left: number, w: number): string =>
    w <= 0 ? '' : `<rect class="${name}" x="${round(left)}" y="18" width="${round(w)}" height="40"/>`;
  const title = `${part.title}: about ${part.tokens} tokens, ${part.keptTokens} kept`;
  return `<g><title>${escapeHtml(title)}</title>
<text class="number" x="${round(x + wide / 2)}" y="12">${wide > 8 ? number : ''}</text>
${rect(`part ${part.role} kept`, x, kept)}${rect('hatched', x, kept)}${rect(`part ${part.role}`, x + kept, fresh)}</g>`;
}

/** Widths in proportion, none below the least, all of them and their gaps as wide as the picture. */
function shareOut(amounts: readonly number[]): readonly number[] {
  const room = width - gap * (amounts.length - 1) - leastWidth * amounts.length;
  const sum = amounts.reduce((a, b) => a + b, 0);
  return amounts.map((amount) => leastWidth + (room * amount) / sum);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

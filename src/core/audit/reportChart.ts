import { escapeHtml } from './html.ts';
import type { PrivacyReport } from './report.ts';
import { binsOf, fates, type Bin, type Fate } from './reportBins.ts';

/** What the chart and the tiles call each fate. */
export const fateNames: Readonly<Record<Fate, string>> = {
  device: 'this machine',
  perimeter: 'your organisation',
  cloud: 'the cloud',
  unsent: 'not sent',
};

/**
 * Requests over time as stacked bars, one for each hour, day or month. Inline SVG without a script; colours come from the
 * classes `device`, `perimeter`, `cloud` and `unsent`, and the order of the stack says the same.
 */
export function reportChart(report: Pick<PrivacyReport, 'hours' | 'from' | 'to'>): string {
  const bins = binsOf(report);
  const most = Math.max(1, ...bins.map(total));
  const step = plot.width / Math.max(1, bins.length);
  const bars = bins.map((bin, index) => barOf(bin, { most, x: plot.left + index * step, step }));
  const every = Math.ceil(bins.length / mostLabels);
  const labels = bins.map((bin, index) => (index % every === 0 ? labelOf(bin, plot.left + (index + 0.5) * step) : ''));
  const summary = `Requests over time: ${bins.map((bin) => `${bin.label} ${total(bin)}`).join(', ')}`;
  return `<div class="scroll"><svg role="img" aria-label="${escapeHtml(summary)}" viewBox="0 0 ${size.width} ${size.height}">
<line class="axis" x1="${plot.left}" x2="${plot.left + plot.width}" y1="${plot.bottom}" y2="${plot.bottom}"/>
<line class="grid" x1="${plot.left}" x2="${plot.left + plot.width}" y1="${plot.top}" y2="${plot.top}"/>
<text class="scale" x="${plot.left - 6}" y="${plot.top + 4}">${most.toLocaleString('en-US')}</text>
<text class="scale" x="${plot.left - 6}" y="${plot.bottom + 4}">0</text>
${bars.join('\n')}
${labels.join('')}
</svg></div>`;
}

const size = { width: 720, height: 200 };
const plot = { left: 48, top: 12, width: 664, bottom: 172 };
const mostLabels = 10;
const gap = 1;

function total({ counts }: Bin): number {
  return fates.reduce((sum, fate) => sum + counts[fate], 0);
}

type BarPlace = { readonly most: number; readonly x: number; readonly step: number };

function barOf(bin: Bin, { most, x, step }: BarPlace): string {
  const width = Math.min(40, step * 0.7);
  const left = x + (step - width) / 2;
  let y = plot.bottom;
  const pieces = fates.flatMap((fate) => {
    const count = bin.counts[fate];
    if (count === 0) return [];
    const height = Math.max(2, (count / most) * (plot.bottom - plot.top));
    y -= height;
    const box = `x="${round(left)}" y="${round(y)}" width="${round(width)}" height="${round(Math.max(1, height - gap))}"`;
    return [`<rect class="${fate}" ${box}><title>${escapeHtml(titleOf(bin, fate))}</title></rect>`];
  });
  return pieces.join('');
}

function titleOf({ label, counts }: Bin, fate: Fate): string {
  return `${label}: ${counts[fate]} ${fate === 'unsent' ? 'not sent' : `to ${fateNames[fate]}`}`;
}

function labelOf({ label }: Bin, x: number): string {
  const short = label.length === '2026-11-20'.length ? label.slice(5) : label;
  return `<text class="label" x="${round(x)}" y="${size.height - 8}">${escapeHtml(short)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

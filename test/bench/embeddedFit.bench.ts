import { readCursor } from '../../src/core/embedded/cursor.ts';
import { surePart } from '../../src/core/embedded/surePart.ts';
import { foretell, type Step } from '../../src/core/embedded/foretell.ts';
import { locate } from '../../src/core/embedded/locate.ts';
import { createCorpus, type Corpus } from '../../src/core/embedded/corpus.ts';
import { labelOf } from '../../src/core/label/labelled.ts';
import { replay, type Moment } from './corpus/replay.ts';
import { beginsWith } from './corpus/score.ts';
import { loadTraces } from './corpus/traces.ts';

// Fits the weights of src/core/embedded/confidence.ts by logistic regression over all traces: every step the engine would
// take, and whether it was what the developer wrote.
type Sample = { readonly values: readonly number[]; readonly right: boolean };

const samples: Sample[] = [];
for (const trace of loadTraces()) {
  const corpus = createCorpus(4_000_000);
  const label = labelOf([{ provenance: { kind: 'product' }, reach: 'cloud', rules: [] }]);
  replay(trace, {
    linesPerCommit: 25,
    wrote: (path, text) => void corpus.put(path, text, label),
    about: (moment) => collect(corpus, moment),
  });
  console.log(trace.name, samples.length);
}
report(fit(samples));

/**
 * Writes the line key by key and accepts what is right, as the benchmark does: what is still asked for later on a line was
 * not foretold earlier, and the weights should know that.
 */
function collect(corpus: Corpus, moment: Moment): void {
  const end = moment.line.trimEnd().length;
  let at = /^\s*/.exec(moment.line)?.[0].length ?? 0;
  while (at < end) {
    const prefix = [...moment.above, moment.line.slice(0, at)].join('\n');
    const rest = moment.line.slice(at, end);
    const steps = foretell(
      corpus,
      { cursor: readCursor(prefix, corpus.vocabulary), standing: locate(corpus, moment.path, prefix) },
      0.05,
    );
    sample(steps, rest);
    const offer = surePart(steps, 0.6);
    const right = offer && (offer.wholeLine ? offer.text === rest : beginsWith(rest, offer.text));
    at += right ? Math.max(1, offer.text.length) : 1;
  }
}

function sample(steps: readonly Step[], rest: string): void {
  let text = '';
  for (const step of steps) {
    text += step.text;
    const right = step.endsLine ? text === rest : beginsWith(rest, text);
    samples.push({ values: step.features, right });
    if (!right) return;
  }
}

/** Newton's method with a little ridge. */
function fit(rows: readonly Sample[]): readonly number[] {
  const size = rows[0]?.values.length ?? 0;
  let weights: readonly number[] = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 12; round += 1) {
    const gradient: number[] = Array.from({ length: size }, () => 0);
    const hessian = identity(size);
    for (const { values, right } of rows) {
      const p = 1 / (1 + Math.exp(-dot(values, weights)));
      for (let i = 0; i < size; i += 1) {
        const vi = values[i] ?? 0;
        gradient[i] = (gradient[i] ?? 0) + ((right ? 1 : 0) - p) * vi;
        const row = hessian[i] ?? [];
        for (let j = 0; j < size; j += 1) row[j] = (row[j] ?? 0) + p * (1 - p) * vi * (values[j] ?? 0);
      }
    }
    const step = solve(hessian, gradient);
    weights = weights.map((weight, at) => weight + (step[at] ?? 0));
  }
  return weights;
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => Number(i === j)));
}

function solve(matrix: number[][], right: number[]): readonly number[] {
  const size = right.length;
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let pivot = 0; pivot < size; pivot += 1) {
    const top = rows[pivot] ?? [];
    const by = top[pivot] ?? 1;
    for (let j = pivot; j <= size; j += 1) top[j] = (top[j] ?? 0) / by;
    for (const [at, row] of rows.entries()) {
      if (at === pivot) continue;
      const factor = row[pivot] ?? 0;
      for (let j = pivot; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return rows.map((row) => row[size] ?? 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function report(weights: readonly number[]): void {
  console.log('weights', JSON.stringify(weights.map((weight) => Math.round(weight * 100) / 100)));
  const bins = Array.from({ length: 10 }, () => ({ count: 0, right: 0, foretold: 0 }));
  let loss = 0;
  for (const { values, right } of samples) {
    const p = 1 / (1 + Math.exp(-dot(values, weights)));
    loss -= Math.log(right ? p : 1 - p);
    const bin = bins[Math.min(9, Math.floor(p * 10))];
    if (!bin) continue;
    bin.count += 1;
    bin.right += right ? 1 : 0;
    bin.foretold += p;
  }
  console.log(`loss per step ${(loss / samples.length).toFixed(4)} nats over ${samples.length} steps`);
  for (const bin of bins) {
    if (bin.count > 0)
      console.log(
        `foretold ${(bin.foretold / bin.count).toFixed(2)} came true ${(bin.right / bin.count).toFixed(2)} of ${bin.count}`,
      );
  }
}

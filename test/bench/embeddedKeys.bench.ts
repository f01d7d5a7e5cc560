import { createEmbeddedIndex } from '../../src/core/embedded/embeddedIndex.ts';
import { productLabel } from '../../src/core/label/labelled.ts';
import { noteMost } from './bars.ts';
import { quantile } from './corpus/score.ts';
import { loadTraces } from './corpus/traces.ts';

// What the embedded engine costs the extension host: per key in a file of 5,000 lines within a full index, and in memory.
//   node test/run.mjs --bench embeddedKeys

/** More characters of code than an index of the usual capacity holds tokens of. */
const fullCharacters = 3_000_000;
const traces = loadTraces();
const before = memory();
const index = createEmbeddedIndex();
const texts = traces.flatMap((trace) => Object.entries(trace.files));
const filling = performance.now();
// As many copies as fill the index to its capacity, each with names of its own, so that the vocabulary fills up as well.
const size = texts.reduce((sum, [, text]) => sum + text.length, 0);
for (let copy = 0; copy * size < fullCharacters; copy += 1) {
  for (const [path, text] of texts) index.update(`${copy}/${path}`, renamed(text, copy), productLabel);
}
const filled = performance.now() - filling;
const used = memory() - before;

const large = texts
  .flatMap(([, text]) => text.split('\n'))
  .slice(0, 5000)
  .concat(...Array.from({ length: 5000 }, (_, line) => `const filler${line} = ${line};`))
  .slice(0, 5000);
const updates: number[] = [];
const calls: number[] = [];
const keys: number[] = [];
/** Time on the processor, all threads: what stays when other programs keep this one waiting. */
const busy: number[] = [];
index.update('large', large.join('\n'), productLabel);
for (const line of [100, 2500, 4900]) {
  for (const text of large.slice(line, line + 12)) {
    const above = `${large.slice(0, line).join('\n')}\n`;
    const below = `\n${large.slice(line).join('\n')}`;
    for (let at = 0; at <= text.length; at += 1) key(above + text.slice(0, at), below);
  }
}
const tidying = performance.now();
index.tidy();
const tidied = performance.now() - tidying;

console.log(
  `filling the index: ${filled.toFixed(0)} ms; it holds ${used.toFixed(1)} MB; tidying ${tidied.toFixed(1)} ms`,
);
report('update', updates);
report('complete', calls);
report('both, per key', keys);
report('on processor', busy);
noteMost('embedded engine: per key in a full index, p95', quantile(busy, 0.95), { most: 5, unit: ' ms', digits: 2 });
noteMost('embedded engine: memory of a full index', used, { most: 25, unit: ' MB' });

function key(prefix: string, suffix: string): void {
  const text = prefix + suffix;
  const cpu = process.cpuUsage();
  const begin = performance.now();
  index.update('large', text, productLabel);
  const between = performance.now();
  index.complete({ uri: 'large', prefix, suffix });
  const end = performance.now();
  updates.push(between - begin);
  calls.push(end - between);
  keys.push(end - begin);
  const { user, system } = process.cpuUsage(cpu);
  busy.push((user + system) / 1000);
}

function renamed(text: string, copy: number): string {
  return copy === 0 ? text : text.replaceAll(/\b(\w{9,})\b/g, `$1${copy}`);
}

function memory(): number {
  // Twice: the buffers of collected arrays are given back by the collection after.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 / 1024;
}

function report(name: string, ms: readonly number[]): void {
  const at = (q: number): string => quantile(ms, q).toFixed(2);
  console.log(`${name.padEnd(14)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  most ${at(1)} ms  (${ms.length} keys)`);
}

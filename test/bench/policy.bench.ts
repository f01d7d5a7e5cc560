import { createIdentity } from '../../src/core/label/identity.ts';
import type { Resource } from '../../src/core/label/resource.ts';
import { compilePolicy } from '../../src/core/policy/compile.ts';
import { decide } from '../../src/core/policy/decide.ts';
import { createDecider } from '../../src/core/policy/decider.ts';
import { parsePolicy } from '../../src/core/policy/parse.ts';
import { noRenames } from '../../src/node/gitRenames.ts';
import { noHardLinks } from '../../src/node/hardLinks.ts';
import { createIdentify, thisSystem } from '../../src/node/identify.ts';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// What a decision costs with 200 rules beside the built-in ones: from memory, from scratch with every name looked up on the
// disk, and for a whole workspace. Prints one line per measure with the bar it has to stay under.

const shapes = (index: number): readonly string[] => [
  `/src/module${index}/`,
  `*.kind${index}`,
  `**/private${index}/**`,
  `docs/*/part${index}-*.md`,
];
const rules = Array.from({ length: 200 }, (_, index) => ({
  id: `r${index}`,
  files: [shapes(index)[index % 4] ?? '', `vault${index}.txt`],
  reach: 'device',
}));
const text = JSON.stringify({ version: 1, reach: 'cloud', rules });

const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-bench-')));
const folder = pathToFileURL(root).href;
const parsed = parsePolicy(text);
if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
const { policy: file } = parsed;
const compile = () =>
  compilePolicy({
    folders: [folder],
    sources: [
      { layer: 'workspace', file: `${folder}/.ringfence.jsonc`, folder, version: 'working tree', policy: file },
    ],
    imported: [],
    today: '2026-11-20',
  });
const policy = compile();

const identity = createIdentity({ system: thisSystem, folders: [{ uri: folder, realPath: root }], editorFolders: [] });
const identify = createIdentify({ editorFolders: [], hardLinks: noHardLinks, renames: noRenames });
const named = (index: number): Resource =>
  identity({
    uri: `${folder}/packages/p${index % 97}/src/feature${index % 1009}/file${index}.ts`,
    resolution: { kind: 'elsewhere' },
    previousPaths: [],
  });

print(
  'parse 200 rules',
  median(20, () => time(() => parsePolicy(text))),
  20,
  'ms',
);
print(
  'compile 200 rules',
  median(20, () => time(compile)),
  20,
  'ms',
);
print('decision, warm', 1000 * warm(), 20, 'µs');
print('decision, cold, names known', 1000 * coldNamed(), 1000, 'µs');
print('decision, cold, with the disk', 1000 * (await coldFromDisk()), 1000, 'µs');
const listing = listAll(100_000);
print('100,000 files listed', listing.wall, 3000, 'ms');
print('  of that, processor time', listing.processor, 3000, 'ms');
await rm(root, { recursive: true });

function warm(): number {
  const remember = createDecider(policy);
  const resources = Array.from({ length: 1000 }, (_, index) => named(index));
  for (const resource of resources) remember({ kind: 'file', resource });
  return median(
    15,
    () => time(() => resources.forEach((resource) => remember({ kind: 'file', resource }))) / resources.length,
  );
}

function coldNamed(): number {
  let next = 0;
  return median(200, () => {
    const resource = named(next++);
    return time(() => decide(policy, { kind: 'file', resource }));
  });
}

async function coldFromDisk(): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 200; index++) {
    const at = path.join(root, `a${index}`, 'b', 'c', 'd');
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, 'file.ts'), '');
    const uri = pathToFileURL(path.join(at, 'file.ts')).href;
    const started = performance.now();
    decide(policy, { kind: 'file', resource: await identify(uri, [folder]) });
    times.push(performance.now() - started);
  }
  return middle(times);
}

/** Processor time as well, because a busy machine makes the wall clock run on without us. */
function listAll(count: number): { readonly wall: number; readonly processor: number } {
  const before = process.cpuUsage();
  const wall = time(() => {
    for (let index = 0; index < count; index++) decide(policy, { kind: 'file', resource: named(index) });
  });
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

function time(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function median(rounds: number, measure: () => number): number {
  return middle(Array.from({ length: rounds }, measure));
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function print(title: string, value: number, bar: number, unit: string): void {
  const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
  console.log(
    `${title.padEnd(34)} ${shown.padStart(8)} ${unit}   bar ≤ ${bar} ${unit}   ${value <= bar ? 'met' : 'MISSED'}`,
  );
}

import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleProgram } from '../cli/support.ts';

// `ringfence list --reach device` over 100,000 files with 200 rules that begin alike, so that no file is far from any of
// them. Beside it the least that any such listing has to do on the same tree: walk it and look at each file once. Their
// ratio says more than seconds on a busy machine.

const shapes = (index: number): string =>
  [
    `/packages/s${index}*/secret/`,
    `/packages/*/part${index}/*.key`,
    `/packages/service-${index}/**/private*`,
    `/packages/**/file${index}.t?`,
  ][index % 4] ?? '';
const rules = Array.from({ length: 200 }, (_, index) => ({
  id: `r${index}`,
  files: [shapes(index)],
  reach: 'device',
}));

const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-list-')));
const program = await bundleProgram();
try {
  const files = growTree();
  const rounds = [];
  for (let round = 0; round < 3; round++) rounds.push({ bare: bareWalk(), listing: await list() });
  const bare = Math.min(...rounds.map((round) => round.bare));
  const listing = Math.min(...rounds.map((round) => round.listing.ms));
  const found = rounds[0]?.listing.found ?? 0;
  console.log(
    `${files} files, 200 rules under one folder, ${found} held; bare walk with lstat ${bare.toFixed(0)} ms, best of 3`,
  );
  print('listed by the program', listing, 3000, 'ms');
  print('  times the bare walk', listing / bare, 12, '×');
  // Half of the rules name files that are there; a listing that finds none was not worth the wait.
  if (found === 0) throw new Error('The listing found no held file.');
} finally {
  await program.remove();
  await rm(root, { recursive: true, force: true });
}

function growTree(): number {
  let files = 0;
  for (let folder = 0; folder < 1000; folder++) {
    const at = path.join(root, 'packages', `service-${folder % 100}`, 'src', `part${Math.floor(folder / 100)}`);
    mkdirSync(at, { recursive: true });
    for (let file = 0; file < 100; file++, files++) writeFileSync(path.join(at, `file${file}.ts`), '');
  }
  writeFileSync(path.join(root, '.ringfence.jsonc'), JSON.stringify({ version: 1, reach: 'cloud', rules }));
  return files;
}

function bareWalk(): number {
  const started = performance.now();
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) open.push(at);
      else lstatSync(at);
    }
  }
  return performance.now() - started;
}

async function list(): Promise<{ readonly ms: number; readonly found: number }> {
  const started = performance.now();
  const { exit, out, err } = await program.run(['list', '--reach', 'device', '--folder', root]);
  if (exit !== 0) throw new Error(err);
  return { ms: performance.now() - started, found: out.split('\n').length - 1 };
}

function print(title: string, value: number, bar: number, unit: string): void {
  const shown = value < 100 ? value.toFixed(1) : value.toFixed(0);
  console.log(
    `${title.padEnd(34)} ${shown.padStart(8)} ${unit}   bar ≤ ${bar} ${unit}   ${value <= bar ? 'met' : 'MISSED'}`,
  );
}

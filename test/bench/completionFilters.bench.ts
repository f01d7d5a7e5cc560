import { readdirSync, readFileSync } from 'node:fs';
import { corruptions } from '../core/completion/fixtures/corruptions.ts';
import { fill } from '../core/completion/fixtures/fill.ts';
import { noteLeast, noteMost } from './bars.ts';
import { cutHoles } from './completion/holes.ts';
import { replay as playTrace } from './corpus/replay.ts';
import { loadTraces } from './corpus/traces.ts';
import type { Hole } from '../core/completion/fixtures/samples.ts';

const languages: Readonly<Record<string, { languageId: string; size: number; tabs?: boolean }>> = {
  ts: { languageId: 'typescript', size: 2 },
  mjs: { languageId: 'javascript', size: 2 },
  py: { languageId: 'python', size: 4 },
  go: { languageId: 'go', size: 4, tabs: true },
  rs: { languageId: 'rust', size: 4 },
  java: { languageId: 'java', size: 4 },
  c: { languageId: 'c', size: 4 },
  h: { languageId: 'c', size: 4 },
};
const roots = process.argv
  .slice(2)
  .filter((arg) => arg.startsWith('--in='))
  .map((arg) => arg.slice(5));
const every = Number(process.argv.find((arg) => arg.startsWith('--every='))?.slice(8) ?? 11);
const verbose = process.argv.includes('--verbose');
const sources: readonly (readonly [file: string, text: string])[] =
  roots.length > 0 ? roots.flatMap(filesBelow) : [...['src', 'test'].flatMap(filesBelow), ...filesOfTraces()];
const holes: Hole[] = sources.flatMap(([file, text]) => {
  const language = languages[file.split('.').at(-1) ?? ''];
  if (!language || text.length > 200_000 || text.includes('█')) return [];
  // Licence texts are dropped on purpose: they are no holes to fill.
  return cutHoles(text, language, every)
    .filter(({ middle }) => !/copyright|licen[sc]e|all rights/i.test(middle))
    .map((hole) => ({ ...hole, name: `${file} ${hole.name}` }));
});

const rows: [string, number, number][] = [['left as it is', ...judge((hole) => hole.middle)]];
for (const { name, spoil } of corruptions) rows.push([name, ...judge(spoil)]);
console.log(
  `\n## What the filters do to ${holes.length} holes in real code\n\n| answer | holes | right |\n|---|---|---|`,
);
for (const [name, total, right] of rows)
  console.log(`| ${name} | ${total} | ${((right / Math.max(1, total)) * 100).toFixed(2)} % |`);
const spoilt = rows.slice(1);
const repaired = spoilt.reduce((sum, row) => sum + row[2], 0) / spoilt.reduce((sum, row) => sum + row[1], 0);
const harmed = 1 - (rows[0]?.[2] ?? 0) / holes.length;
noteLeast('corruption suite: answers repaired', repaired * 100, { least: 98, unit: ' %', digits: 2 });
noteMost('corruption suite: true middles harmed', harmed * 100, { most: 0.5, unit: ' %', digits: 2 });

function filesBelow(root: string): readonly (readonly [string, string])[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => languages[file.split('.').at(-1) ?? ''] && !file.includes('node_modules'))
    .map((file) => [file, readFileSync(`${root}/${file}`, 'utf8').replaceAll('\r\n', '\n')]);
}

/** The projects in other languages as they are in the end. */
function filesOfTraces(): readonly (readonly [string, string])[] {
  return loadTraces()
    .filter(({ language }) => language !== 'typescript')
    .flatMap((trace) => {
      const texts = new Map(Object.entries(trace.files));
      playTrace(trace, {
        linesPerCommit: 0,
        wrote: (path, text) => void texts.set(path, text),
        about: () => undefined,
      });
      return [...texts];
    });
}

function judge(spoil: (hole: Hole) => string | undefined): [number, number] {
  let total = 0;
  let right = 0;
  for (const hole of holes) {
    const raw = spoil(hole);
    if (raw === undefined) continue;
    total += 1;
    const filled = fill(hole, raw);
    if (filled === hole.middle) right += 1;
    else if (verbose)
      console.log(`--- ${hole.name}\nwanted ${JSON.stringify(hole.middle)}\nfilled ${JSON.stringify(filled)}`);
  }
  return [total, right];
}

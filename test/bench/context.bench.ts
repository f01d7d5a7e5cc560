import { createContextSource, type ContextSource } from '../../src/core/context/contextSource.ts';
import type { Outliner } from '../../src/core/context/outline.ts';
import { identifiersOf } from '../../src/core/context/words.ts';
import { labelled, productLabel, reveal } from '../../src/core/label/labelled.ts';
import { noteLeast } from './bars.ts';
import { createSyntaxTrees } from '../../src/node/syntaxTrees.ts';
import { replay, type Moment } from './corpus/replay.ts';
import { quantile } from './corpus/score.ts';
import { loadTraces, type Trace } from './corpus/traces.ts';

// Identifier recall: of the names that the next line of a commit needs, how many stand in a prompt of 1,024 tokens? Once
// with the current file alone (the text around the cursor), once with two fifths of the prompt for pieces of other files,
// which are cut by the shape of their lines and, where the editor has a grammar, by their syntax.
//   node test/run.mjs --bench context.bench [--traces=<folder>] [--only=<name>,…]

const tokens = 1024;
const charsPerToken = 3.3;
const contextShare = 0.4;
const every = 4;

/** Counts of names: needed, in the prompt of the file alone, in the prompt with context. */
type Recall = { needed: number; alone: number; together: number };
type Recalls = Readonly<Record<keyof typeof kinds, Recall>>;

const kinds = {
  outside: 'names of other files that the file itself does not have',
  beyond: 'names of the project that the window around the cursor does not have',
  all: 'all names, also those nobody has written yet',
} as const;

const none: Outliner = () => undefined;
let total = newRecalls();
let prepares: number[] = [];
let updates: number[] = [];
for (const how of ['by the shape of lines', 'by syntax'] as const) {
  console.log(`pieces cut ${how}`);
  [total, prepares, updates] = [newRecalls(), [], []];
  for (const trace of loadTraces()) {
    const trees = createSyntaxTrees({ root: process.cwd(), note: () => undefined });
    if (how === 'by syntax') await trees.load(trace.language);
    print(trace.name, measureTrace(trace, how === 'by syntax' ? trees.outliner : none));
  }
  print('all together', total);
  report('choosing pieces (idle)', prepares);
  report('reading a file (idle)', updates);
  bar(
    `recall of other files’ names, pieces cut ${how}, over the current file alone, points ≥ 20`,
    points(total.outside),
    20,
  );
  bar(`recall of all names, pieces cut ${how}, over the current file alone, points ≥ 0`, points(total.all), 0);
}

function measureTrace(trace: Trace, outliner: Outliner): Recalls {
  const source = createContextSource({ capacity: 50_000_000, outliner });
  const unread = new Map<string, string>();
  const texts = new Map<string, ReadonlySet<string>>();
  const recalls = newRecalls();
  let count = 0;
  replay(trace, {
    linesPerCommit: 40,
    wrote: (path, text) => void unread.set(path, text),
    about(moment) {
      count += 1;
      if (count % every !== 0) return;
      source.note(moment.path, 'edited');
      for (const [path, text] of unread) {
        read(source, trace.language, path, text);
        texts.set(path, new Set(identifiersOf(text)));
      }
      unread.clear();
      measure(recalls, moment, { source, language: trace.language, texts });
    },
  });
  return recalls;
}

function read(source: ContextSource, languageId: string, path: string, text: string): void {
  const begin = performance.now();
  source.update({ uri: path, display: path, languageId, text: labelled(text, productLabel) });
  updates.push(performance.now() - begin);
}

type World = {
  readonly source: ContextSource;
  readonly language: string;
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
};

function measure(recalls: Recalls, moment: Moment, { source, language, texts }: World): void {
  const prefix = [...moment.above, ''].join('\n');
  const suffix = ['', ...moment.below].join('\n');
  const document = {
    uri: moment.path,
    display: moment.path,
    languageId: language,
    version: 1,
    text: labelled(prefix + suffix, productLabel),
    indent: { tabs: false, size: 2 },
  };
  const budget = Math.floor(tokens * charsPerToken * contextShare);
  const begin = performance.now();
  const pieces = source.prepare({ document, offset: prefix.length }, { budget });
  prepares.push(performance.now() - begin);

  const alone = windowNames(prefix, suffix, 1);
  const together = windowNames(prefix, suffix, 1 - contextShare);
  for (const piece of pieces) for (const name of identifiersOf(reveal(piece.text))) together.add(name);
  const own = new Set(identifiersOf(prefix + suffix));
  for (const name of new Set(identifiersOf(moment.line))) {
    const elsewhere = [...texts].some(([path, names]) => path !== moment.path && names.has(name));
    const counted: Recall[] = [recalls.all, total.all];
    if (elsewhere && !own.has(name)) counted.push(recalls.outside, total.outside);
    if ((elsewhere || own.has(name)) && !alone.has(name)) counted.push(recalls.beyond, total.beyond);
    for (const recall of counted) {
      recall.needed += 1;
      recall.alone += Number(alone.has(name));
      recall.together += Number(together.has(name));
    }
  }
}

/** The names in the share of the prompt that the current file gets: most of it before the cursor, the rest behind. */
function windowNames(prefix: string, suffix: string, share: number): Set<string> {
  const chars = tokens * charsPerToken * share;
  const before = prefix.slice(-Math.floor(chars * 0.85));
  const behind = suffix.slice(0, Math.floor(chars * 0.15));
  return new Set([...identifiersOf(before), ...identifiersOf(behind)]);
}

function newRecalls(): Recalls {
  const none = (): Recall => ({ needed: 0, alone: 0, together: 0 });
  return { outside: none(), beyond: none(), all: none() };
}

function points({ needed, alone, together }: Recall): number {
  return (100 * (together - alone)) / Math.max(1, needed);
}

function print(name: string, recalls: Recalls): void {
  console.log(name);
  for (const kind of ['outside', 'beyond', 'all'] as const) {
    const { needed, alone, together } = recalls[kind];
    const percent = (part: number): string => `${((100 * part) / Math.max(1, needed)).toFixed(1).padStart(5)} %`;
    console.log(`  ${percent(alone)} → ${percent(together)} of ${String(needed).padStart(5)} ${kinds[kind]}`);
  }
}

function report(name: string, ms: readonly number[]): void {
  console.log(`${name.padEnd(24)} p50 ${quantile(ms, 0.5).toFixed(2)} ms  p95 ${quantile(ms, 0.95).toFixed(2)} ms`);
}

function bar(measure: string, value: number, least: number): void {
  noteLeast(measure, value, { least, unit: ' points' });
}

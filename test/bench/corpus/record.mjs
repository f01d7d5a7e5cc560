// Records a trace for the benchmarks from a local git repository: the tree before, and what each of its last commits
// changed, as lines. Nothing of who wrote it is kept.
//
//   node test/bench/corpus/record.mjs --git=<git directory> --ext=ts,tsx --language=typescript --name=<name>
//     --licence=<SPDX id> --out=<file> [--commits=30] [--range=<from>..<to>] [--under=src/] [--budget=<characters>]
//
// With a budget the files with the most written lines are kept, and the changes of the others left out.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const options = Object.fromEntries(
  process.argv.slice(2).map((arg) => {
    const [name, ...value] = arg.replace(/^--/, '').split('=');
    return [name, value.join('=')];
  }),
);
for (const name of ['git', 'ext', 'language', 'name', 'licence', 'out']) {
  if (!options[name]) fail(`--${name}=… is missing. The head of this file lists the options.`);
}
const patterns = options.ext.split(',').map((ext) => `${options.under ?? ''}*.${ext}`);
const largestFile = 120_000;

const chosen = git(
  'rev-list',
  '--first-parent',
  ...(options.commits || !options.range ? ['-n', String(Number(options.commits ?? 30) + 1)] : []),
  options.range ?? 'HEAD',
  '--',
  ...patterns,
)
  .trim()
  .split('\n')
  .reverse();
if (chosen.length < 2) fail(`No two commits in ${options.git} touch ${patterns.join(' ')}.`);

const all = {};
for (const path of git('ls-tree', '-r', '--name-only', chosen[0]).trim().split('\n')) {
  if (!wanted(path)) continue;
  const text = git('show', `${chosen[0]}:${path}`);
  if (text.length <= largestFile) all[path] = scrub(text);
}
const history = chosen
  .slice(1)
  .map((commit, at) => ({ commit: commit.slice(0, 12), changes: changesBetween(chosen[at], commit) }));
const kept = withinBudget();
const files = Object.fromEntries(Object.entries(all).filter(([path]) => kept.has(path)));
const commits = history.map(({ commit, changes }) => ({ commit, changes: changes.filter(({ path }) => kept.has(path)) }));
const trace = {
  name: options.name,
  language: options.language,
  licence: options.licence,
  before: chosen[0].slice(0, 12),
  files,
  commits: commits.filter((commit) => commit.changes.length > 0),
};
writeFileSync(options.out, `${JSON.stringify(trace, null, 1)}\n`);
console.log(`${options.name}: ${Object.keys(files).length} files, ${trace.commits.length} commits → ${options.out}`);

/** The paths that fit, those with the most written lines first. */
function withinBudget() {
  const written = new Map(Object.keys(all).map((path) => [path, { lines: 0, size: all[path].length }]));
  for (const { changes } of history) {
    for (const { path, edits } of changes) {
      const inserted = edits.flatMap(({ insert }) => insert);
      const { lines, size } = written.get(path) ?? { lines: 0, size: 0 };
      written.set(path, { lines: lines + inserted.length, size: size + inserted.join('\n').length });
    }
  }
  let left = Number(options.budget ?? Infinity);
  const order = [...written].sort(([a, x], [b, y]) => y.lines - x.lines || (a < b ? -1 : 1));
  return new Set(
    order.flatMap(([path, { size }]) => {
      if (size > left) return [];
      left -= size;
      return [path];
    }),
  );
}

/** Each changed file with its edits, last line first, so that applying them in order needs no arithmetic. */
function changesBetween(before, after) {
  const diff = git('diff', '-U0', '--no-renames', '--no-color', before, after, '--', ...patterns);
  const changes = [];
  let change;
  for (const line of diff.split('\n')) {
    const path = /^\+\+\+ (?:b\/(.*)|\/dev\/null)$/.exec(line);
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (line.startsWith('diff --git ')) {
      change = undefined;
    } else if (path) {
      change = path[1] && wanted(path[1]) ? { path: path[1], edits: [] } : undefined;
      if (change) changes.push(change);
    } else if (hunk && change) {
      const removed = Number(hunk[2] ?? 1);
      // A pure insertion names the line it stands behind; everything else the first line it replaces.
      change.edits.unshift({
        line: removed === 0 ? Number(hunk[1]) : Number(hunk[1]) - 1,
        remove: removed,
        insert: [],
      });
    } else if (change?.edits[0] && line.startsWith('+')) {
      change.edits[0].insert.push(scrub(line.slice(1)));
    }
  }
  return changes.filter((one) => one.edits.length > 0);
}

function wanted(path) {
  if (options.under && !path.startsWith(options.under)) return false;
  if (/(^|\/)(node_modules|vendor|dist|third_party)\/|\.min\.|\.d\.ts$|(^|\/)test\/bench\/corpus\//.test(path))
    return false;
  return options.ext.split(',').some((ext) => path.endsWith(`.${ext}`));
}

/** Removes addresses and the names that licence headers and author tags carry. */
function scrub(text) {
  return text
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, 'someone@example.com')
    .replace(/(@author|Copyright|\(c\)|©)([^\n]*)/gi, '$1');
}

function git(...args) {
  return execFileSync('git', [`--git-dir=${options.git}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

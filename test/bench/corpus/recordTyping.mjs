// Records how commits may have been typed: for files that commits of fitting size changed, the text before, files it
// imports, and the keys that lead from before to after, with looks, slips of the finger and jumps between the changes.
// The same repository, range and seed give the same bytes. Nothing of who wrote it is kept.
//
//   node test/bench/corpus/recordTyping.mjs --git=<git directory> --range=<from>..<to> --licence=<SPDX id>
//     --origin=<name of the repository> --ext=ts --language=typescript --sessions=14 --out=<file> [--largest=<characters of a file>]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { keysFor, play } from './keystrokes.mjs';

const options = Object.fromEntries(
  process.argv.slice(2).map((arg) => {
    const [name, ...value] = arg.replace(/^--/, '').split('=');
    return [name, value.join('=')];
  }),
);
for (const name of ['git', 'range', 'licence', 'origin', 'ext', 'language', 'sessions', 'out']) {
  if (!options[name]) fail(`--${name}=… is missing. The head of this file lists the options.`);
}
const patterns = options.ext.split(',').map((ext) => (ext.includes('/') ? ext : `*.${ext}`));
const most = { text: Number(options.largest ?? 8_000), open: 4_000, opened: 2 };
const keys = { least: 80, most: 1_500 };

const chosen = spread(candidates(), Number(options.sessions));
if (chosen.length === 0) fail(`No commit in ${options.range} changes ${patterns.join(' ')} by a fitting amount.`);
const texts = {};
const sessions = [];
for (const { open, before, ...session } of chosen) {
  sessions.push({ ...session, before: keep(before), open: open.map((one) => ({ path: one.path, text: keep(one.text) })) });
}
const data = {
  origin: options.origin,
  licence: options.licence,
  language: options.language,
  texts,
  sessions,
};
writeFileSync(options.out, `${JSON.stringify(data, null, 1).replace(/\n {4,}(?! *"(?:path|commit|before|seed|open|keys)")/g, ' ')}\n`);
console.log(`${options.language}: ${sessions.length} sessions of ${candidates.count} → ${options.out}`);

/** Every file that a commit of the range changed by a fitting number of keys. */
function candidates() {
  const found = [];
  for (const commit of git('rev-list', '--reverse', '--no-merges', options.range).trim().split('\n')) {
    const changed = git('diff-tree', '-r', '--no-commit-id', '--name-status', '--diff-filter=AM', commit, '--', ...patterns);
    for (const line of changed.trim().split('\n').filter(Boolean)) {
      const [status, file] = line.split('\t');
      if (/(^|\/)(package-lock\.json|node_modules\/|corpus\/|.*\.min\.)/.test(file)) continue;
      const session = sessionOf(commit, file, status === 'A');
      if (session) found.push(session);
    }
  }
  candidates.count = found.length;
  return found;
}

function sessionOf(commit, file, isNew) {
  const after = scrub(git('show', `${commit}:${file}`));
  const before = isNew ? '' : scrub(git('show', `${commit}^:${file}`));
  if (before.length > most.text || after.length > most.text || after.includes('\r')) return undefined;
  const seed = Number.parseInt(commit.slice(0, 6), 16) ^ file.length;
  const typed = keysFor(before, hunksOf(commit, file), seed);
  const count = typed.reduce((sum, op) => sum + (typeof op === 'string' ? op.length : 0), 0);
  if (count < keys.least || count > keys.most) return undefined;
  // What a diff says in other ways (a last line without its end) is left out.
  if (play(before, typed) !== after) return undefined;
  return { commit: commit.slice(0, 12), path: file, seed, before, open: importsOf(commit, file, after), keys: typed };
}

/** Hunks from the top, lines counted from zero in the old text. */
function hunksOf(commit, file) {
  const diff = git('diff-tree', '-p', '-U0', '--patience', '--no-commit-id', '--no-renames', '--root', commit, '--', file);
  const hunks = [];
  for (const line of diff.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(line);
    const hunk = hunks.at(-1);
    if (head) {
      const remove = Number(head[2] ?? 1);
      hunks.push({ line: remove === 0 ? Number(head[1]) : Number(head[1]) - 1, removed: [], inserted: [] });
    } else if (hunk && line.startsWith('-')) hunk.removed.push(scrub(line.slice(1)));
    else if (hunk && line.startsWith('+')) hunk.inserted.push(scrub(line.slice(1)));
  }
  return hunks;
}

/** Files that it imports and that existed before, the smaller first: who writes in a file has such files open. */
function importsOf(commit, file, text) {
  const named = [...text.matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, name]) =>
    path.posix.join(path.posix.dirname(file), name),
  );
  return [...new Set(named)]
    .flatMap((name) => {
      try {
        return [{ path: name, text: scrub(git('show', `${commit}^:${name}`)) }];
      } catch {
        return [];
      }
    })
    .filter((one) => one.text.length <= most.open)
    .sort((a, b) => a.text.length - b.text.length)
    .slice(-most.opened);
}

/** So many of them, evenly over the range. */
function spread(all, wanted) {
  const step = Math.max(1, all.length / wanted);
  return Array.from({ length: Math.min(wanted, all.length) }, (_, at) => all[Math.floor(at * step)]);
}

/** Each text once, by a short name. */
function keep(text) {
  const known = Object.keys(texts).find((id) => texts[id] === text);
  const id = known ?? `t${Object.keys(texts).length}`;
  texts[id] = text;
  return id;
}

/** Removes addresses and the names that licence headers and author tags carry. */
function scrub(text) {
  return text
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, 'someone@example.com')
    .replace(/(@author|Copyright|\(c\)|©)([^\n]*)/gi, '$1');
}

function git(...args) {
  return execFileSync('git', [`--git-dir=${options.git}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

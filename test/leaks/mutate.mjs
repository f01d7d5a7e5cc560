// Breaks the protection in one way after the other and asks the leak suite whether it notices: `node test/leaks/mutate.mjs
// [part of a name …] [--json] [--vscode | --only-vscode]`. Ends with 1 if a mutant survives in any group of vectors that it
// concerns. With `--vscode`, an extension without its guard is packaged too, and the leak journey in a real VS Code must fail
// on it; `--only-vscode` does nothing else.
import { setup } from '../host/setup.mjs';

await setup();
const { bundleSuite, runSuite } = await import('./bundle.mjs');
const { mutants, mutate } = await import('./mutants.mjs');
const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const json = args.includes('--json');

/** @type {{ name: string, groups: readonly { group: string, failing: number }[], leaks: number | undefined, survived: readonly string[] }[]} */
const results = [];
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
// Two at a time: more would only wait for each other.
const queue = args.includes('--only-vscode') ? [] : [...chosen];
await Promise.all([work(), work()]);
if (args.some((arg) => arg.endsWith('vscode'))) await inEditor();

const killed = results.filter(({ survived }) => survived.length === 0).length;
if (json) console.log(JSON.stringify({ mutants: results, killed, of: results.length }, undefined, 2));
else console.log(`\n${killed} of ${results.length} mutants killed${killed === results.length ? ': all' : ''}`);
process.exitCode = results.length > 0 && killed === results.length ? 0 : 1;

async function work() {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const result = await judge(mutant);
    results.push(result);
    if (json) continue;
    const groups = result.groups.map(({ group, failing }) => `${group} ${failing}`).join(', ');
    const fuzzer = result.leaks === undefined ? '' : `; leaks in random sessions: ${result.leaks}`;
    console.log(
      `${result.survived.length === 0 ? 'killed  ' : 'SURVIVED'} ${result.name} (failing plays: ${groups}${fuzzer})`,
    );
    for (const where of result.survived) console.log(`         unnoticed in ${where}`);
  }
}

/** @param {import('./mutants.mjs').mutants[number]} mutant */
async function judge({ name, replaces, groups, fuzz, everyPlay = [] }) {
  const suite = await bundleSuite(`mutant-${name.replaceAll(' ', '-')}`, [mutate(replaces)]);
  try {
    /** @type {readonly import('./main.ts').Played[]} */
    const vectors = await runSuite(suite.file, ['vectors']);
    const failing = [...groups].map((group) => ({
      group,
      failing: vectors
        .filter((vector) => vector.group === group)
        .flatMap(({ outcomes }) => outcomes)
        .filter(({ kind }) => kind !== 'blocked').length,
    }));
    const leaks = fuzz ? (await runSuite(suite.file, ['fuzz', 400, 1])).leaks.length : undefined;
    const unnoticed = vectors
      .filter(({ id }) => everyPlay.includes(id))
      .flatMap(({ id, outcomes }) =>
        outcomes.filter(({ kind }) => kind === 'blocked').map(({ how }) => `${id} ${how}`),
      );
    const survived = [
      ...unnoticed.map((play) => `vector ${play}`),
      ...failing.filter((one) => one.failing === 0).map(({ group }) => `group ${group}`),
      ...(leaks === 0 ? ['random sessions'] : []),
    ];
    return { name, groups: failing, leaks, survived };
  } finally {
    await suite.remove();
  }
}

async function inEditor() {
  const { journeyFailsWithoutGuard } = await import('./mutateEditor.mjs');
  const failed = await journeyFailsWithoutGuard();
  results.push({
    name: 'guard off, in VS Code',
    groups: [],
    leaks: undefined,
    survived: failed ? [] : ['the leak journey'],
  });
  if (!json) console.log(`${failed ? 'killed  ' : 'SURVIVED'} guard off, in VS Code`);
}

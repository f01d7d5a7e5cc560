import assert from 'node:assert/strict';
import { readFile, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CheckFinding } from '../../src/cli/checkFindings.ts';
import { bundleProgram, commit, makeTree, policy, writeFiles, type Program } from './support.ts';

let program: Program;
const roots: string[] = [];
before(async () => {
  program = await bundleProgram();
});
after(async () => {
  await program.remove();
  for (const root of roots) await rm(root, { recursive: true, force: true });
});

async function tree(...args: Parameters<typeof makeTree>): Promise<string> {
  const root = await makeTree(...args);
  roots.push(root);
  return root;
}

const payments = { 'src/payments/charge.ts': '', 'src/cart.ts': '' };

describe('ringfence check', () => {
  it('is silent but for a count where all is well', async () => {
    const cwd = await tree(
      { ...payments, '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }) },
      { git: true },
    );
    assert.deepEqual(await program.run(['check'], { cwd }), {
      exit: 0,
      out: '1 file read, 0 errors, 0 notes.\n',
      err: '',
    });
  });

  it('names file, line and column of each mistake', async () => {
    const text =
      '{\n  "version": 1,\n  "reach": "clod",\n  "rules": [{ "id": "a", "files": ["x**y["], "reach": "device" }]\n}';
    const cwd = await tree({ '.ringfence.jsonc': text });
    const { exit, out } = await program.run(['check'], { cwd });
    assert.equal(exit, 1);
    assert.match(out, /^\.ringfence\.jsonc:3:12: error: .*cloud.* \[invalid\]$/m);
    assert.match(out, /^\.ringfence\.jsonc:4:\d+: error: .* \[invalid\]$/m);
  });

  it('finds mistakes in nested policies, under their paths', async () => {
    const cwd = await tree({
      '.ringfence.jsonc': policy({}),
      'a b/ü/.ringfence.jsonc': '{ "version": 1, "cloud": {} }',
    });
    const { exit, out } = await program.run(['check'], { cwd });
    assert.equal(exit, 1);
    assert.match(out, /^a b\/ü\/\.ringfence\.jsonc:1:\d+: error: "cloud" belongs in the policy at the root/m);
  });

  it('fails for a pattern that matches no file, unless told otherwise', async () => {
    const cwd = await tree({
      ...payments,
      '.ringfence.jsonc': policy({ payments: ['/src/paymnets/', '/src/payments/'] }),
    });
    const strict = await program.run(['check'], { cwd });
    assert.equal(strict.exit, 1);
    assert.match(strict.out, /^\.ringfence\.jsonc:8:9: error: \/src\/paymnets\/ matches no file.* \[unmatched\]$/m);
    assert.equal(strict.out.match(/unmatched/g)?.length, 1);
    const loose = await program.run(['check', '--allow-unmatched'], { cwd });
    assert.equal(loose.exit, 0);
    assert.match(loose.out, /note: \/src\/paymnets\/ matches no file/);
  });

  it('counts the files of a nested policy from its own folder', async () => {
    const nested = JSON.stringify({ version: 1, rules: [{ id: 'n', files: ['/deep.ts'], reach: 'device' }] });
    const cwd = await tree({ '.ringfence.jsonc': policy({}), 'sub/.ringfence.jsonc': nested, 'sub/deep.ts': '' });
    assert.equal((await program.run(['check'], { cwd })).exit, 0);
    await unlink(path.join(cwd, 'sub/deep.ts'));
    await writeFiles(cwd, { 'deep.ts': '' });
    assert.equal((await program.run(['check'], { cwd })).exit, 1);
  });

  it('fails where there is no policy', async () => {
    const { exit, out } = await program.run(['check'], { cwd: await tree(payments) });
    assert.equal(exit, 1);
    assert.match(out, /There is no \.ringfence\.jsonc at the root/);
  });

  it('fails for what is weaker than at a commit, and says which line', async () => {
    const cwd = await tree(
      { ...payments, '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }) },
      { git: true },
    );
    assert.equal((await program.run(['check', '--base', 'HEAD'], { cwd })).exit, 0);
    await writeFiles(cwd, { '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }, 'perimeter') });
    const weaker = await program.run(['check', '--base', 'HEAD'], { cwd });
    assert.equal(weaker.exit, 1);
    assert.match(
      weaker.out,
      /^\.ringfence\.jsonc:\d+:1: error: Weaker than HEAD: Rule "payments" lets .* \[weaker\]$/m,
    );
    assert.equal((await program.run(['check'], { cwd })).exit, 0, 'without --base nothing is compared');
    commit(cwd);
    assert.equal((await program.run(['check', '--base', 'HEAD'], { cwd })).exit, 0);
    assert.equal((await program.run(['check', '--base', 'HEAD~1'], { cwd })).exit, 1);
  });

  it('tells each change by itself, with the lines here and there', async () => {
    const rules = { payments: ['/src/payments/'], keys: ['/src/payments/key.ts', '/src/payments/list.ts'] };
    const cwd = await tree({ ...payments, '.ringfence.jsonc': policy(rules) }, { git: true });
    const lines = (await readFile(path.join(cwd, '.ringfence.jsonc'), 'utf8')).split('\n');
    const line = (word: string): number => lines.findIndex((text) => text.includes(word)) + 1;
    await writeFiles(cwd, { '.ringfence.jsonc': policy({ keys: ['/src/payments/key.ts'] }) });
    const { exit, out } = await program.run(['check', '--base', 'HEAD', '--json', '--allow-unmatched'], { cwd });
    assert.equal(exit, 1);
    const { findings }: { readonly findings: readonly CheckFinding[] } = JSON.parse(out);
    const weaker = findings.filter(({ kind }) => kind === 'weaker');
    assert.deepEqual(
      weaker.map(({ rule, baseLine }) => [rule, baseLine]),
      [
        ['payments', line('/src/payments/"')],
        ['keys', line('list.ts')],
      ],
    );
    const text = (await program.run(['check', '--base', 'HEAD', '--allow-unmatched'], { cwd })).out;
    assert.match(text, /error: Weaker than HEAD: Rule "payments" [^]* \(line \d+ there\) \[weaker\]$/m);
  });

  it('does not take its own export for a weakening or a strengthening', async () => {
    const cwd = await tree(
      { ...payments, '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }) },
      { git: true },
    );
    await program.run(['export', '.cursorignore', '--write'], { cwd });
    commit(cwd);
    await writeFiles(cwd, { '.ringfence.jsonc': policy({ payments: ['/src/payments/', '/src/'] }) });
    await program.run(['export', '.cursorignore', '--write'], { cwd });
    assert.equal((await program.run(['check', '--base', 'HEAD'], { cwd })).exit, 0);
    await unlink(path.join(cwd, '.cursorignore'));
    assert.equal((await program.run(['check', '--base', 'HEAD'], { cwd })).exit, 0);
  });

  it('tells of ignore files that do not do what they seem to', async () => {
    const cwd = await tree({ ...payments, '.ringfence.jsonc': policy({}), '.aiexclude': '\n', 'a/.claudeignore': 'x' });
    const first = await program.run(['check'], { cwd });
    assert.equal(first.exit, 0);
    assert.match(first.out, /^\.aiexclude:1:1: note: This file excludes nothing/m);
    assert.match(first.out, /^a\/\.claudeignore:1:1: note: No tool is known to enforce/m);
    await program.run(['export', '.cursorignore', '--write'], { cwd });
    assert.ok(!(await program.run(['check'], { cwd })).out.includes('.cursorignore'));
    await writeFiles(cwd, { '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }) });
    assert.match((await program.run(['check'], { cwd })).out, /^\.cursorignore:1:1: note: Ringfence wrote this file/m);
  });

  it('fails where a policy file or an ignore file was deleted', async () => {
    const files = { ...payments, '.ringfence.jsonc': policy({}), 'sub/.cursorignore': 'secret.txt\n' };
    const cwd = await tree(files, { git: true });
    await unlink(path.join(cwd, 'sub/.cursorignore'));
    const { exit, out } = await program.run(['check', '--base=main'], { cwd });
    assert.equal(exit, 1);
    assert.match(out, /^sub\/\.cursorignore:1:1: error: Weaker than main: The ignore file is gone/m);
  });

  it('does not fail for what only got stricter', async () => {
    const cwd = await tree({ ...payments, '.ringfence.jsonc': policy({}) }, { git: true });
    await writeFiles(cwd, { '.ringfence.jsonc': policy({ payments: ['/src/payments/'] }) });
    assert.equal((await program.run(['check', '--base', 'HEAD'], { cwd })).exit, 0);
  });

  it('says what is missing where git knows no such commit', async () => {
    const cwd = await tree({ '.ringfence.jsonc': policy({}) }, { git: true });
    for (const ref of ['origin/nowhere', '--output=x', 'HEAD:x'])
      assert.equal((await program.run(['check', `--base=${ref}`], { cwd })).exit, 2, ref);
    const { out, err } = await program.run(['check', '--base', 'origin/nowhere'], { cwd });
    assert.equal(out, '');
    assert.match(err, /^ringfence: Git knows no commit "origin\/nowhere" in .*\n.*shallow clone/);
  });

  it('finds the root from a folder below, and takes another one by name', async () => {
    const cwd = await tree({ ...payments, '.ringfence.jsonc': policy({ p: ['/src/payments/'] }) }, { git: true });
    assert.equal((await program.run(['check'], { cwd: path.join(cwd, 'src/payments') })).exit, 0);
    assert.equal((await program.run(['check', '--folder', cwd])).exit, 0);
    assert.equal((await program.run(['check', '--folder', path.join(cwd, 'src')])).exit, 1, 'no policy of its own');
  });

  it('gives programs the same facts', async () => {
    const cwd = await tree({ ...payments, '.ringfence.jsonc': policy({ a: ['/nowhere/'] }) });
    const { exit, out } = await program.run(['check', '--json'], { cwd });
    assert.equal(exit, 1);
    const found = JSON.parse(out);
    assert.deepEqual([found.command, found.ok, found.errors, found.notes], ['check', false, 1, 0]);
    const [{ kind, fails, file, line, column }] = found.findings;
    assert.deepEqual([kind, fails, file, line, column], ['unmatched', true, '.ringfence.jsonc', 8, 9]);
  });

  it('lets no name steer the terminal', async () => {
    const cwd = await tree({ '.ringfence.jsonc': policy({}), 'a\u001b[2Jb/.ringfence.jsonc': '{' });
    const { out } = await program.run(['check'], { cwd });
    assert.ok(!out.includes('\u001b'));
    assert.match(out, /^a\\u001b\[2Jb\/\.ringfence\.jsonc:1:/m);
  });
});

import assert from 'node:assert/strict';
import { link, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundleProgram, commit, makeTree, policy, runGit, writeFiles, type Program } from './support.ts';

let program: Program;
let root: string;
before(async () => {
  program = await bundleProgram();
  root = await makeTree(
    {
      '.ringfence.jsonc': policy({ payments: ['/src/payments/'], hold: ['/legal/'] }),
      'src/payments/charge.ts': '',
      'src/cart.ts': '',
      'legal/case.md': '',
      '.env': 'A=1',
      '.env.example': 'A=',
      'node_modules/x/index.js': '',
    },
    { git: true },
  );
});
after(async () => {
  await program.remove();
  await rm(root, { recursive: true, force: true });
});

describe('ringfence explain', () => {
  it('names reach, rule, file and line, and what would change it', async () => {
    const { exit, out, err } = await program.run(['explain', 'charge.ts'], { cwd: path.join(root, 'src/payments') });
    assert.deepEqual([exit, err], [0, '']);
    assert.match(out, /^src\/payments\/charge\.ts: may not leave this machine$/m);
    assert.match(out, /^ {2}cloud {6}no .*payments.* in \.ringfence\.jsonc:8 keeps it to "device"/m);
    assert.match(out, /^ {2}rule payments \(\/src\/payments\/\) → device, \.ringfence\.jsonc:8; matched/m);
    assert.match(out, /^ {2}to change it: Add an exception of "payments"/m);
    assert.equal(out.match(/rule payments/g)?.length, 1, 'the working tree and HEAD say it once');
  });

  it('takes several paths, also of files that are not there or lie outside', async () => {
    const { exit, out } = await program.run(['explain', '--json', 'src/cart.ts', 'src/payments/new.ts', '/etc/hosts'], {
      cwd: root,
    });
    assert.equal(exit, 0);
    const { files, policy: held } = JSON.parse(out);
    assert.equal(held.state, 'loaded');
    assert.deepEqual(
      files.map((file: { reach: string }) => file.reach),
      ['cloud', 'device', 'device'],
    );
    assert.match(files[2].doubt, /outside every workspace folder/);
  });

  it('sees through links, hard links and renames', async () => {
    await symlink('../.env', path.join(root, 'src/link.txt'));
    await link(path.join(root, '.env'), path.join(root, 'src/hard.txt'));
    runGit(root, 'mv', 'legal/case.md', 'src/moved.md');
    commit(root);
    const { out } = await program.run(['explain', 'src/link.txt', 'src/hard.txt', 'src/moved.md'], { cwd: root });
    assert.match(out, /src\/link\.txt: may not leave[^]*matched \.env \((?:real path|link)\)/);
    assert.match(out, /src\/hard\.txt: may not leave[^]*matched \.env \(hard link\)/);
    assert.match(out, /src\/moved\.md: may not leave[^]*matched legal\/case\.md \(previous name\)/);
  });

  it('tells what is not in force yet, and prints no content', async () => {
    await writeFiles(root, { '.ringfence.jsonc': policy({ hold: ['/legal/'] }) });
    const { out, err } = await program.run(['explain', 'src/payments/charge.ts', '.env'], { cwd: root });
    assert.match(err, /Not in force yet: Rule "payments" no longer holds.*HEAD still holds it/);
    assert.match(out, /charge\.ts: may not leave/);
    assert.ok(!out.includes('A=1'));
    runGit(root, 'checkout', '-q', '--', '.ringfence.jsonc');
  });
});

describe('ringfence list', () => {
  it('lists what has a reach, by every name of each file', async () => {
    const { exit, out } = await program.run(['list', '--reach', 'device'], { cwd: root });
    assert.equal(exit, 0);
    assert.deepEqual(out.trimEnd().split('\n'), [
      '.env',
      '.ringfence.jsonc',
      'src/hard.txt',
      'src/link.txt',
      'src/moved.md',
      'src/payments/charge.ts',
    ]);
  });

  it('lists everything with its reach, packages only when asked', async () => {
    const { out } = await program.run(['list'], { cwd: root });
    assert.ok(out.split('\n').includes('cloud\tsrc/cart.ts'));
    assert.ok(out.split('\n').includes('cloud\t.env.example'));
    assert.ok(!out.includes('node_modules'));
    assert.match((await program.run(['list', '--all'], { cwd: root })).out, /node_modules\/x\/index\.js/);
    const { files } = JSON.parse((await program.run(['list', '--json'], { cwd: root })).out);
    assert.equal(files.length, out.trimEnd().split('\n').length);
    assert.deepEqual(files.find((file: { path: string }) => file.path === 'src/payments/charge.ts').rules, [
      'payments',
    ]);
  });

  it('agrees with explain on every file', async () => {
    const { files } = JSON.parse((await program.run(['list', '--json'], { cwd: root })).out);
    const paths: readonly string[] = files.map((file: { path: string }) => file.path);
    const explained = JSON.parse((await program.run(['explain', '--json', ...paths], { cwd: root })).out).files;
    assert.deepEqual(
      files.map((file: { reach: string }) => file.reach),
      explained.map((file: { reach: string }) => file.reach),
    );
  });

  it('says that nothing may go where the policy has an error', async () => {
    const cwd = await makeTree({ '.ringfence.jsonc': '{', 'a.ts': '' });
    const { exit, out, err } = await program.run(['list'], { cwd });
    await rm(cwd, { recursive: true });
    assert.equal(exit, 0);
    assert.ok(out.split('\n').includes('device\ta.ts'));
    assert.match(err, /^ringfence: \.ringfence\.jsonc:1:\d+: /m);
  });

  it('knows its reaches', async () => {
    const { exit, err } = await program.run(['list', '--reach', 'moon'], { cwd: root });
    assert.equal(exit, 2);
    assert.match(err, /"moon" is no reach\.\nUse one of none, device, perimeter, cloud/);
  });
});

describe('ringfence export', () => {
  it('prints an ignore file, and writes it beside each policy', async () => {
    const nested = JSON.stringify({ version: 1, rules: [{ id: 'n', files: ['/deep.ts'], reach: 'device' }] });
    const cwd = await makeTree({ '.ringfence.jsonc': policy({ p: ['/src/'] }), 'sub/.ringfence.jsonc': nested });
    try {
      const printed = await program.run(['export', 'cursorignore'], { cwd });
      assert.equal(printed.exit, 0);
      assert.match(
        printed.out,
        /^# ==> \.cursorignore\n# Written by Ringfence[^]*^\/src$[^]*# ==> sub\/\.cursorignore/m,
      );
      const written = await program.run(['export', '.cursorignore', '--write'], { cwd });
      assert.equal(written.out, 'wrote .cursorignore\nwrote sub/.cursorignore\n');
      assert.match(await readFile(path.join(cwd, '.cursorignore'), 'utf8'), /^\/src$/m);
      assert.match(await readFile(path.join(cwd, 'sub/.cursorignore'), 'utf8'), /^\/deep\.ts$/m);
      assert.equal((await program.run(['export', '.cursorignore', '--write'], { cwd })).exit, 0, 'its own is replaced');
      const { out } = await program.run(['explain', 'src/a.ts', '--json'], { cwd });
      assert.ok(!out.includes('.cursorignore'), 'what it wrote is no rule of its own');
    } finally {
      await rm(cwd, { recursive: true });
    }
  });

  it('says so where an ignore file cannot say all that the policy says', async () => {
    const cwd = await makeTree({ '.ringfence.jsonc': policy({ p: ['/src/'] }, 'perimeter') });
    try {
      assert.match(
        (await program.run(['export', 'aiignore'], { cwd })).err,
        /other tools exclude more than the policy asks for/,
      );
      await writeFiles(cwd, { '.ringfence.jsonc': policy({ p: ['/src/'] }) });
      assert.equal((await program.run(['export', 'aiignore'], { cwd })).err, '');
    } finally {
      await rm(cwd, { recursive: true });
    }
  });

  it('replaces no file that somebody else wrote, unless forced', async () => {
    const cwd = await makeTree({ '.ringfence.jsonc': policy({}), '.aiignore': 'mine\n' });
    try {
      const { exit, err } = await program.run(['export', 'aiignore', '--write'], { cwd });
      assert.equal(exit, 2);
      assert.match(err, /\.aiignore is there already/);
      assert.equal(await readFile(path.join(cwd, '.aiignore'), 'utf8'), 'mine\n');
      assert.equal((await program.run(['export', 'aiignore', '--write', '--force'], { cwd })).exit, 0);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });

  it('prints block lists, with hosts left open', async () => {
    for (const format of ['nftables', 'hosts', 'squid', 'windows-firewall'])
      assert.match((await program.run(['export', format], { cwd: root })).out, /api\.openai\.com|ringfence/, format);
    const { files } = JSON.parse(
      (await program.run(['export', 'hosts', '--json', '--allow', 'openrouter.ai'], { cwd: root })).out,
    );
    assert.ok(!/^0\.0\.0\.0 openrouter\.ai$/m.test(files[0].text));
    assert.match(files[0].text, /^0\.0\.0\.0 api\.openai\.com$/m);
  });

  it('says what is wrong: no such format, no policy, one with an error', async () => {
    const cwd = await makeTree({ 'a.ts': '' });
    try {
      assert.match((await program.run(['export', 'zip'], { cwd })).err, /no format "zip"\.\nUse one of \.aiignore, /);
      assert.match((await program.run(['export', 'aiignore'], { cwd })).err, /There is no \.ringfence\.jsonc in /);
      await writeFiles(cwd, { '.ringfence.jsonc': '{' });
      assert.match((await program.run(['export', 'aiignore'], { cwd })).err, /has an error\.\nRun "ringfence check"/);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});

describe('ringfence', () => {
  it('helps: in general, with each command, with a version', async () => {
    const help = await program.run(['--help']);
    assert.equal(help.exit, 0);
    const names = [...help.out.matchAll(/^ {2}ringfence ((?:audit )?[a-z]+)/gm)].map(([, name = '']) => name);
    assert.deepEqual(names, ['check', 'explain', 'list', 'export', 'audit verify', 'audit report']);
    for (const name of names) {
      const { exit, out } = await program.run([...name.split(' '), '--help']);
      assert.equal(exit, 0);
      assert.match(out, new RegExp(`Usage: ringfence ${name}.*\\n`));
      assert.match(out, /--json/);
    }
    assert.match((await program.run(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  });

  it('exits with 2 where it was asked for what it does not know, and says what to do', async () => {
    for (const [args, message] of [
      [[], /Usage:/],
      [['chek'], /There is no command "chek"\.\nRun "ringfence --help"/],
      [['audit', 'burn'], /"ringfence audit" does not know "burn"/],
      [['check', '--bse', 'x'], /"ringfence check" has no option --bse/],
      [['check', '-x'], /has no option -x/],
      [['check', '--base'], /--base needs a value: --base REF/],
      [['check', '--json=1'], /--json takes no value/],
      [['check', 'extra'], /"extra" is one operand too many/],
      [['explain'], /needs PATH…/],
      [['check', '--folder', '/nowhere/at/all'], /There is no folder \/nowhere\/at\/all/],
    ] as const) {
      const { exit, out, err } = await program.run(args);
      assert.deepEqual([exit, out], [2, ''], args.join(' '));
      assert.match(err, message);
    }
  });

  it('says the same in JSON', async () => {
    const { exit, out, err } = await program.run(['list', '--reach', 'moon', '--json']);
    assert.deepEqual([exit, err], [2, '']);
    const { ok, error } = JSON.parse(out);
    assert.equal(ok, false);
    assert.equal(error.message, '"moon" is no reach.');
  });
});

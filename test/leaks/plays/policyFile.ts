import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { importsOf } from '../../architecture/imports.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Play } from '../play.ts';
import { holding, read, readUri } from '../stage/documents.ts';
import { askDirectly, complete } from '../stage/doors.ts';
import { expectClosed, expectHeld, expectNowhere, expectOpen, expectSeen, uniqueWord } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import { policyText, usualPolicy, type Stage } from '../stage/stage.ts';

const policyName = '.ringfence.jsonc';
const laxPolicy = '{"version":1,"reach":"cloud","rules":[]}';

export const policyFile: readonly Play[] = [
  {
    vector: 142,
    run: async (stage) => {
      await expectStillHeldAfter(stage, () => stage.workspace.write(policyName, laxPolicy));
      await expectStillHeldAfter(stage, () => stage.workspace.write(policyName, '{"version":1,"reach":"cloud"}'));
      await stage.workspace.remove(policyName);
      await stage.noticed();
      await expectClosed(stage, 'cloud', 'no-policy');
      await expectNowhere(stage, 'held/after.ts');
    },
  },
  {
    vector: 143,
    run: async (stage) => {
      await stage.workspace.write(
        `held/${policyName}`,
        '{"version":1,"reach":"cloud","rules":[{"id":"o","files":["*"],"reach":"cloud"}]}',
      );
      await stage.noticed();
      await expectHeldFile(stage, 'held/k.ts');
      const exception = { id: 'e', of: 'held', files: ['k.ts'], reason: 'no', expires: 'never' };
      await stage.workspace.write(
        `held/${policyName}`,
        JSON.stringify({ version: 1, rules: [], exceptions: [exception] }),
      );
      await stage.noticed();
      await expectClosed(stage, 'cloud', 'policy-invalid');
      await expectNowhere(stage, 'held/k.ts');
    },
  },
  {
    vector: 144,
    run: async (stage) => {
      stage.workspace.commitAll();
      await stage.workspace.write(policyName, laxPolicy);
      await stage.noticed();
      await stage.policy.accept(stage.policy.current().hash, stage.policy.current().pending);
      await expectHeldFile(stage, 'held/k.ts');
      await expectOpen(stage);
    },
  },
  {
    vector: 147,
    run: async (stage) => {
      for (const text of [laxPolicy, '{"version":1,"reach":"cloud"}']) {
        await stage.workspace.write(policyName, text);
        await stage.noticed();
        for (const file of ['.env', 'id_rsa', 'a/b.pem', '.ssh/config']) await expectHeldFile(stage, file);
      }
      await expectOpen(stage);
      await stage.workspace.write(policyName, '');
      await stage.noticed();
      await expectClosed(stage, 'cloud', 'policy-invalid');
    },
  },
  {
    vector: 149,
    options: { loaded: false },
    run: async (stage) => {
      // A rule that is not read yet may keep the file from every model: even those of this machine have to wait.
      await stage.workspace.write('src/early.ts', holding(stage.watch.plant('none')));
      const early = await read(stage, 'src/early.ts');
      for (const zone of ['cloud', 'perimeter'] as const) {
        const { refused } = await askDirectly(stage, { prompt: uniqueWord(), attach: [early], model: modelIn[zone] });
        assert.equal(refused, 'policy-loading');
      }
      const question = uniqueWord();
      const local = await askDirectly(stage, { prompt: question, attach: [early], model: modelIn.device });
      assert.deepEqual(local.dropped, ['src/early.ts']);
      expectSeen(stage, 'device', [question]);
      const { offer, events } = await complete(stage, early, { models: [modelIn.device] });
      assert.equal(offer, undefined);
      assert.ok(events.some((event) => event.kind === 'refused' && event.refusal.reason === 'policy-loading'));
      await stage.noticed();
      await expectOpen(stage);
      await expectOpen(stage, 'device');
    },
  },
  {
    vector: 150,
    run: async (stage) => {
      await expectHeldFile(stage, 'held/k.ts');
      const tighter = policyText({ ...usualPolicy, rules: [{ id: 'open', files: ['/src/'], reach: 'device' }] }) ?? '';
      await stage.workspace.write('src/soon.ts', holding(stage.watch.plant()));
      const soon = await read(stage, 'src/soon.ts');
      await stage.workspace.write(policyName, tighter);
      const reading = stage.policy.reload(new AbortController().signal);
      await expectHeldOrClosed(stage, soon);
      await reading;
      await expectHeldOrClosed(stage, soon);
    },
  },
  {
    vector: 151,
    run: async (stage) => {
      for (const zone of ['cloud', 'perimeter'] as const) {
        await stage.workspace.write(policyName, policyText(usualPolicy) ?? '');
        await stage.noticed();
        await expectOpen(stage, zone);
        await stage.workspace.write(`src/${zone}.ts`, holding(stage.watch.plant()));
        const soon = await read(stage, `src/${zone}.ts`);
        const rules = [...usualPolicy.rules, { id: 'soon', files: [`/src/${zone}.ts`], reach: 'device' }];
        await stage.workspace.write(policyName, JSON.stringify({ version: 1, reach: 'cloud', rules }));
        await expectHeldOrClosed(stage, soon, [zone]);
      }
    },
  },
  {
    vector: 151,
    how: 'in a nested file that was not there before',
    run: async (stage) => {
      await stage.workspace.write('src/deep/soon.ts', holding(stage.watch.plant()));
      const soon = await read(stage, 'src/deep/soon.ts');
      await stage.workspace.write(
        `src/deep/${policyName}`,
        '{"version":1,"rules":[{"id":"n","files":["soon.ts"],"reach":"device"}]}',
      );
      await expectHeldOrClosed(stage, soon);
    },
  },
  {
    vector: 151,
    how: 'by a commit',
    run: async (stage) => {
      stage.workspace.commitAll();
      await stage.noticed();
      await stage.workspace.write('src/soon.ts', holding(stage.watch.plant()));
      const soon = await read(stage, 'src/soon.ts');
      const rules = [{ id: 'soon', files: [`/src/soon.ts`], reach: 'device' }];
      await stage.workspace.write(policyName, JSON.stringify({ version: 1, reach: 'cloud', rules }));
      stage.workspace.commitAll();
      await stage.workspace.write(policyName, policyText(usualPolicy) ?? '');
      await expectHeldOrClosed(stage, soon);
    },
  },
  {
    vector: 152,
    run: async (stage) => {
      const patterns = ['{a,b}'.repeat(17), '**/'.repeat(40) + 'x', '*a'.repeat(600), '*(*(*(a|b)))', '['.repeat(2000)];
      for (const pattern of patterns) {
        const rules = [...usualPolicy.rules, { id: 'slow', files: [pattern], reach: 'device' }];
        await stage.workspace.write(policyName, JSON.stringify({ version: 1, reach: 'cloud', rules }));
        const began = performance.now();
        await stage.noticed();
        const document = await read(stage, 'src/open.ts');
        assert.ok(performance.now() - began < 2_000, `${pattern.slice(0, 20)} took too long`);
        if (stage.policy.current().kind === 'invalid') await expectClosed(stage, 'cloud', 'policy-invalid');
        assert.notEqual(document.text.label.reach, 'none');
        await expectNowhere(stage, 'held/k.ts');
      }
    },
  },
  {
    vector: 155,
    run: async (stage) => {
      await stage.workspace.write('../outside.txt', '# nothing is ignored\n');
      await stage.workspace.write('ours/.clineignore', '!include ../../outside.txt\n');
      await stage.noticed();
      await expectHeldFile(stage, 'ours/k.ts');
      await stage.workspace.write('ours/.clineignore', '!include /etc/hostname\n');
      await stage.noticed();
      await expectHeldFile(stage, 'ours/k.ts');
    },
  },
  {
    vector: 156,
    options: { folders: ['link'], policy: undefined, files: {} },
    run: async (stage) => {
      // The open folder becomes a link to a repository with a policy; that policy speaks, under both names of its files.
      await stage.workspace.write('../real/src/open.ts', 'export const ORDINARY_OPEN = 1;\n');
      await stage.workspace.write('../real/held/k.ts', holding(stage.watch.plant()));
      await stage.workspace.write(`../real/${policyName}`, policyText(usualPolicy) ?? '');
      await stage.workspace.remove('.');
      await stage.workspace.link('real', '../link');
      await stage.noticed();
      await expectOpen(stage);
      await expectHeld(stage, await read(stage, 'held/k.ts'));
      const real = pathToFileURL(path.join(stage.workspace.root, 'real/held/k.ts')).href;
      await expectHeld(stage, await readUri(stage, real));
    },
  },
  {
    vector: 157,
    run: async (stage) => {
      await expectHeldFile(stage, 'held/k.ts');
      const before = process.env['PATH'];
      process.env['PATH'] = stage.workspace.root;
      try {
        await stage.workspace.write(policyName, laxPolicy);
        await stage.noticed();
        await expectHeldFile(stage, 'held/k.ts');
        await expectOpen(stage);
      } finally {
        process.env['PATH'] = before;
      }
    },
  },
  {
    vector: 160,
    run: async () => {
      const imports = await importsOf('src');
      const network = imports.filter(({ to }) => /^(?:node:)?(?:net|tls|http|https|http2|dgram|undici)$/.test(to));
      assert.ok(network.length > 0, 'the graph is empty');
      for (const { from } of network) assert.match(from, /^egress\/transport\w*\.ts$/);
      const openers = imports.filter(({ to }) => to === 'egress/guardDecide.ts').map(({ from }) => from);
      assert.deepEqual(openers, ['egress/guardPrepare.ts'], 'the decision is not made where requests are prepared');
    },
  },
];

async function expectHeldFile(stage: Stage, file: string): Promise<void> {
  await stage.workspace.write(file, holding(stage.watch.plant()));
  await expectHeld(stage, await read(stage, file));
}

async function expectStillHeldAfter(stage: Stage, weaken: () => Promise<void>): Promise<void> {
  await weaken();
  await stage.noticed();
  assert.notDeepEqual(stage.policy.current().pending, [], 'the weakening was not noticed');
  await expectHeldFile(stage, 'held/after.ts');
  await expectOpen(stage);
}

/** While a policy is between two states, both are right: to hold the part back and to send nothing. */
async function expectHeldOrClosed(
  stage: Stage,
  document: DocumentSnapshot,
  farther: readonly ('cloud' | 'perimeter')[] = ['cloud', 'perimeter'],
): Promise<void> {
  for (const zone of farther) {
    const before = stage.receipts.length;
    const { dropped, refused } = await askDirectly(stage, {
      prompt: uniqueWord(),
      attach: [document],
      model: modelIn[zone],
    });
    assert.ok(
      refused === 'policy-changed' || refused === 'policy-loading' || dropped.includes(document.display),
      `it went to ${zone}`,
    );
    assert.equal(stage.receipts.length, before + 1);
    await settled(stage);
  }
}

/** The reload that a stale policy sets off runs on its own. */
async function settled(stage: Stage): Promise<void> {
  while (stage.policy.current().kind === 'loading') await new Promise((resolve) => setTimeout(resolve, 5));
}

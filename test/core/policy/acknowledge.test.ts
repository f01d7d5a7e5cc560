import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { reaches } from '../../../src/core/label/reach.ts';
import { acknowledgeChosen } from '../../../src/core/policy/acknowledge.ts';
import { parseAcknowledged } from '../../../src/core/policy/acknowledged.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { holdPolicy, type Held } from '../../../src/core/policy/hold.ts';
import type { FileVersion } from '../../../src/core/policy/source.ts';
import { decided, folder, today } from './fixture.ts';

type Fields = Readonly<Record<string, unknown>> | string;

const productVersion = '0.1.0';

function document(fields: Fields, version: FileVersion, name = '.ringfence.jsonc'): PolicyDocument {
  const text = typeof fields === 'string' ? fields : JSON.stringify({ version: 1, ...fields });
  const layer = name === '.ringfence.jsonc' ? 'workspace' : 'imported';
  return { layer, file: `${folder}/${name}`, folder, version, content: { kind: 'text', text } };
}

/** A machine that sees one state of the files after another and remembers what it has accepted. */
function machine(...documents: readonly PolicyDocument[]) {
  let files: readonly PolicyDocument[] = documents;
  let held = look([]);
  function look(acknowledged: readonly PolicyDocument[]): Held {
    return holdPolicy({
      folders: [folder],
      documents: files,
      acknowledged,
      today,
      productVersion,
      digest: (text) => text,
    });
  }
  return {
    sees: (...now: readonly PolicyDocument[]) => {
      files = now;
      held = look(held.acknowledged);
    },
    accepts: (message: RegExp) => {
      const chosen = held.state.pending.filter((one) => message.test(one.message));
      assert.ok(chosen.length > 0, `nothing is pending like ${message.source}`);
      const acknowledged = acknowledgeChosen({
        documents: files,
        acknowledged: stored(held.acknowledged),
        chosen,
        productVersion,
      });
      held = look(acknowledged);
    },
    pending: () => held.state.pending.map(({ message }) => message),
    reach: (path: string) => decided(held.state.policy, path).reach,
    settings: () => held.state.policy.settings,
    hash: () => held.state.hash,
    acknowledged: () => held.acknowledged,
  };
}

/** As it comes back from the disk. */
function stored(documents: readonly PolicyDocument[]): readonly PolicyDocument[] {
  const read = parseAcknowledged(JSON.stringify({ version: 1, documents }));
  assert.ok(read, 'what is written can be read');
  return read;
}

const tree = (fields: Fields): PolicyDocument => document(fields, 'working tree');
const rule = (id: string, reach = 'device') => ({ id, files: [`/${id}/`], reach });

describe('an edit that is stricter in one place and looser in another', () => {
  const before = { reach: 'cloud', rules: [rule('pay')] };
  const after = { reach: 'cloud', rules: [rule('keys')] };

  test('is stricter at once, and looser only when that is accepted', () => {
    const here = machine(tree(before));
    here.sees(tree(after));
    assert.deepEqual([here.reach('keys/a'), here.reach('pay/a')], ['device', 'device']);
    assert.deepEqual(here.pending(), ['Rule "pay" no longer holds for /pay/.']);
    here.accepts(/pay/);
    assert.deepEqual([here.reach('keys/a'), here.reach('pay/a')], ['device', 'cloud']);
    assert.deepEqual(here.pending(), []);
  });

  test('does not lose its stricter half again unseen', () => {
    const here = machine(tree(before));
    here.sees(tree(after));
    here.sees(tree({ reach: 'cloud' }));
    assert.deepEqual([here.reach('keys/a'), here.reach('pay/a')], ['device', 'device']);
    assert.deepEqual(here.pending(), [
      'Rule "pay" no longer holds for /pay/.',
      'Rule "keys" no longer holds for /keys/.',
    ]);
  });

  test('does so for settings as well', () => {
    const cloud = (retention: string, onOutage: string) => ({ reach: 'cloud', cloud: { retention, onOutage } });
    const here = machine(tree(cloud('deny', 'auto')));
    here.sees(tree(cloud('allow', 'never')));
    assert.equal(here.settings().cloud.retention, 'deny');
    assert.equal(here.settings().cloud.onOutage, 'never');
    here.accepts(/retention/);
    assert.equal(here.settings().cloud.retention, 'allow');
    assert.equal(here.settings().cloud.onOutage, 'never');
    here.sees(tree(cloud('allow', 'auto')));
    assert.equal(here.settings().cloud.onOutage, 'never');
    assert.deepEqual(here.pending(), ['"cloud.onOutage" becomes "auto" instead of "never".']);
  });

  test('that comes again and again keeps no more versions than it needs', () => {
    const here = machine(tree(before));
    for (let turn = 0; turn < 50; turn++) here.sees(tree(turn % 2 === 0 ? after : before));
    assert.equal(here.acknowledged().length, 2);
  });
});

test('edits without end and without a review are remembered up to a limit, the oldest first', () => {
  const here = machine(tree({ reach: 'cloud', rules: [rule('first')] }));
  for (let turn = 0; turn < 40; turn++) here.sees(tree({ reach: 'cloud', rules: [rule(`turn${turn}`)] }));
  assert.equal(here.acknowledged().length, 12);
  assert.deepEqual(
    ['first', 'turn0', 'turn10', 'turn11', 'turn39'].map((id) => here.reach(`${id}/a`)),
    ['device', 'device', 'device', 'cloud', 'device'],
  );
});

describe('accepting one change of several', () => {
  test('lets that one hold and no other', () => {
    const here = machine(tree({ reach: 'cloud', rules: [rule('a'), rule('b'), rule('c')] }));
    here.sees(tree({ reach: 'cloud', rules: [rule('c', 'perimeter')] }));
    const whole = here.hash();
    here.accepts(/"b"/);
    assert.deepEqual([here.reach('a/x'), here.reach('b/x'), here.reach('c/x')], ['device', 'cloud', 'device']);
    assert.notEqual(here.hash(), whole);
    here.accepts(/"c"/);
    assert.deepEqual([here.reach('a/x'), here.reach('b/x'), here.reach('c/x')], ['device', 'cloud', 'perimeter']);
    assert.deepEqual(here.pending(), ['Rule "a" no longer holds for /a/.']);
  });

  test('holds the file to what was accepted, not to what comes after', () => {
    const here = machine(tree({ reach: 'cloud', rules: [rule('a'), rule('b')] }));
    here.sees(tree({ reach: 'cloud', rules: [rule('b', 'perimeter')] }));
    here.accepts(/"b"/);
    here.sees(tree({ reach: 'cloud' }));
    assert.deepEqual([here.reach('a/x'), here.reach('b/x')], ['device', 'perimeter']);
    assert.deepEqual(here.pending().length, 2);
  });

  test('says everything that is accepted with it', () => {
    const strict = { ...rule('a'), declassify: 'never' };
    const except = { id: 'e', of: 'a', files: ['/a/x'], reason: 'r', expires: 'never' };
    const here = machine(tree({ reach: 'cloud', rules: [strict] }));
    here.sees(tree({ reach: 'cloud', rules: [rule('a', 'perimeter')], exceptions: [except] }));
    const [message = ''] = here.pending();
    assert.equal(here.pending().length, 1);
    for (const part of [/to "perimeter" instead of "device"/, /declassify/, /Exception "e" takes \/a\/x/])
      assert.match(message, part);
  });

  test('takes one of two exceptions', () => {
    const except = (id: string) => ({ id, of: 'a', files: [`/a/${id}`], reason: 'r', expires: 'never' });
    const here = machine(tree({ reach: 'cloud', rules: [rule('a')] }));
    here.sees(tree({ reach: 'cloud', rules: [rule('a')], exceptions: [except('e'), except('f')] }));
    here.accepts(/"e"/);
    assert.deepEqual([here.reach('a/e'), here.reach('a/f')], ['cloud', 'device']);
    here.sees(tree({ reach: 'cloud', rules: [rule('a')], exceptions: [except('f')] }));
    assert.equal(here.reach('a/e'), 'device');
  });

  test('takes a pattern of an ignore file, and not the next', () => {
    const ignore = (text: string): PolicyDocument => document(text, 'working tree', '.cursorignore');
    const open = tree({ reach: 'cloud' });
    const here = machine(open, ignore('a/\nb/\nc/*'));
    here.sees(open, ignore('c/*\n!c/free'));
    here.accepts(/^a\//);
    assert.deepEqual([here.reach('a/x'), here.reach('b/x'), here.reach('c/free')], ['cloud', 'device', 'device']);
    here.accepts(/c\/free/);
    assert.deepEqual([here.reach('b/x'), here.reach('c/free'), here.reach('c/x')], ['device', 'cloud', 'device']);
  });

  test('takes a whole file that is gone', () => {
    const here = machine(tree({ reach: 'cloud', rules: [rule('a')] }));
    here.sees();
    here.accepts(/file is gone/);
    assert.deepEqual([here.reach('a/x'), here.pending()], ['perimeter', []]);
  });

  test('leaves alone a file whose text has an error meanwhile', () => {
    const ignore = (text: string): PolicyDocument => document(text, 'working tree', '.cursorignore');
    const here = machine(tree({ reach: 'cloud', rules: [rule('a')] }), ignore('b/'));
    here.sees(tree('{'), ignore(''));
    here.accepts(/^b\//);
    here.sees(tree({ reach: 'cloud' }), ignore(''));
    assert.deepEqual([here.reach('a/x'), here.reach('b/x')], ['device', 'cloud']);
  });
});

test('a version of which something was lifted stands for no other', () => {
  const strict = document({ reach: 'cloud', rules: [rule('a')] }, 'acknowledged');
  const lifted: PolicyDocument = { ...strict, lifts: [{ kind: 'glob', rule: 'a', glob: 'a' }] };
  const reachWith = (...acknowledged: readonly PolicyDocument[]): string => {
    const documents = [tree({ reach: 'cloud' })];
    const input = { folders: [folder], documents, acknowledged, today, productVersion, digest: (text: string) => text };
    return decided(holdPolicy(input).state.policy, 'a/x').reach;
  };
  assert.deepEqual(
    [reachWith(lifted), reachWith(lifted, strict), reachWith(strict, lifted)],
    ['cloud', 'device', 'device'],
  );
});

const name = fc.constantFrom('a', 'b', 'c');
const policy = fc
  .record({
    reach: fc.constantFrom(...reaches),
    rules: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('r', 's', 't'),
        files: fc.uniqueArray(
          name.map((one) => `/${one}/`),
          { minLength: 1 },
        ),
        reach: fc.constantFrom(...reaches),
        declassify: fc.constantFrom('never', 'confirm'),
      }),
      { selector: ({ id }) => id, maxLength: 3 },
    ),
    excepted: fc.uniqueArray(name, { maxLength: 2 }),
    retention: fc.option(fc.constantFrom('allow', 'deny'), { nil: undefined }),
    backends: fc.option(fc.uniqueArray(fc.constantFrom('x', 'y')), { nil: undefined }),
    budget: fc.option(fc.nat(3), { nil: undefined }),
    typed: fc.option(fc.constantFrom(...reaches), { nil: undefined }),
  })
  .map(({ reach, rules, excepted, retention, backends, budget, typed }) => {
    const of = rules[0]?.id ?? 'reach';
    const exceptions = excepted.map((file) => ({
      id: `e-${file}`,
      of,
      files: [`/${file}/x`],
      reason: 'r',
      expires: 'never',
    }));
    return {
      reach,
      rules,
      exceptions,
      cloud: { retention, backends, monthlyBudgetUsd: budget },
      unlabelled: typed === undefined ? {} : { typed },
    };
  });

const paths = ['a/x', 'a/y', 'b/x', 'b/y', 'c/x', 'd'];
const distance = (reach: (typeof reaches)[number]): number => reaches.indexOf(reach);

test('whatever the edits, nothing goes farther before it is accepted, and all accepted is as on disk', () => {
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 4 }), policy, (earlier, last) => {
      const here = machine(...earlier.slice(0, 1).map(tree));
      let before = paths.map((path) => distance(here.reach(path)));
      for (const one of [...earlier.slice(1), last]) {
        here.sees(tree(one));
        const now = paths.map((path) => distance(here.reach(path)));
        assert.ok(now.every((reach, index) => reach <= (before[index] ?? -1)));
        before = now;
      }
      if (here.pending().length > 0) here.accepts(/^/);
      here.sees(tree(last));
      const fresh = machine(tree(last));
      assert.deepEqual(here.pending(), []);
      assert.deepEqual(here.settings(), fresh.settings());
      for (const path of paths) assert.equal(here.reach(path), fresh.reach(path), path);
    }),
    { numRuns: 300 },
  );
});

test('one accepted change after another never lets more go than all of them, nor less than before', () => {
  fc.assert(
    fc.property(policy, policy, (first, last) => {
      const here = machine(tree(first));
      here.sees(tree(last));
      const fresh = machine(tree(last));
      while (here.pending().length > 0) {
        const before = here.pending().length;
        const [message = ''] = here.pending();
        const reach = paths.map((path) => distance(here.reach(path)));
        here.accepts(new RegExp(`^${message.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`));
        assert.equal(here.pending().length, before - 1, `accepted ${message}, left ${here.pending().join(' ')}`);
        paths.forEach((path, index) => {
          assert.ok(distance(here.reach(path)) >= (reach[index] ?? 9), path);
          assert.ok(distance(here.reach(path)) <= distance(fresh.reach(path)), path);
        });
      }
      for (const path of paths) assert.equal(here.reach(path), fresh.reach(path), path);
    }),
    { numRuns: 300 },
  );
});

test('a stored acceptance that is damaged is not taken for one', () => {
  const [document] = machine(tree({ reach: 'cloud' })).acknowledged();
  const withLifts = (lifts: unknown) =>
    parseAcknowledged(JSON.stringify({ version: 1, documents: [{ ...document, lifts }] }));
  assert.ok(withLifts([{ kind: 'setting', key: 'reach' }]));
  for (const lifts of ['all', [{}], [{ kind: 'everything' }], [{ kind: 'glob', rule: 'a' }], [{ kind: 'toString' }]])
    assert.equal(withLifts(lifts), undefined, JSON.stringify(lifts));
});

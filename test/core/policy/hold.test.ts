import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acknowledgeChosen } from '../../../src/core/policy/acknowledge.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { holdPolicy, type Held } from '../../../src/core/policy/hold.ts';
import type { FileVersion } from '../../../src/core/policy/source.ts';
import { decided, folder, today } from './fixture.ts';

type Fields = Readonly<Record<string, unknown>> | string | undefined;

function document(fields: Fields, version: FileVersion, file = '.ringfence.jsonc'): readonly PolicyDocument[] {
  if (fields === undefined) return [];
  const text = typeof fields === 'string' ? fields : JSON.stringify({ version: 1, ...fields });
  const layer = file === '.ringfence.jsonc' ? 'workspace' : 'imported';
  return [{ layer, file: `${folder}/${file}`, folder, version, content: { kind: 'text', text } }];
}

type Files = { readonly tree?: Fields; readonly head?: Fields; readonly accepted?: Fields };

function hold({ tree, head, accepted }: Files, productVersion = '0.1.0'): Held {
  return holdPolicy({
    folders: [folder],
    documents: [...document(tree, 'working tree'), ...document(head, 'HEAD')],
    acknowledged: document(accepted, 'acknowledged'),
    today,
    productVersion,
    digest: (text) => text,
  });
}

function reachOf(files: Files, file: string): string {
  return decided(hold(files).state.policy, file).reach;
}

function pending(files: Files): readonly string[] {
  return hold(files).state.pending.map(({ message }) => message);
}

function acceptedText({ acknowledged }: Held): string | undefined {
  const content = acknowledged[0]?.content;
  return content?.kind === 'text' ? content.text : undefined;
}

const strict = { reach: 'cloud', rules: [{ id: 'pay', files: ['/pay/'], reach: 'device' }] };
const lax = { reach: 'cloud' };

describe('the ratchet', () => {
  test('a policy seen for the first time holds and counts as accepted', () => {
    const held = hold({ tree: lax });
    assert.equal(held.state.kind, 'loaded');
    assert.deepEqual(held.state.pending, []);
    assert.equal(acceptedText(held), JSON.stringify({ version: 1, ...lax }));
  });

  test('a rule taken away on disk still holds while it is committed', () => {
    const files = { tree: lax, head: strict, accepted: strict };
    assert.equal(reachOf(files, 'pay/a.ts'), 'device');
    assert.deepEqual(pending(files), ['Rule "pay" no longer holds for /pay/.']);
  });

  test('a rule taken away in a commit, by a branch or a merge, still holds until it is accepted', () => {
    const files = { tree: lax, head: lax, accepted: strict };
    assert.equal(reachOf(files, 'pay/a.ts'), 'device');
    assert.equal(hold(files).state.pending[0]?.heldBy, 'acknowledged');
    assert.equal(acceptedText(hold(files)), JSON.stringify({ version: 1, ...strict }));
  });

  test('accepted and committed, the looser policy holds', () => {
    const held = hold({ tree: lax, head: lax, accepted: strict });
    const documents = [...document(lax, 'working tree'), ...document(lax, 'HEAD')];
    assert.equal(held.state.pending.length, 1);
    const after = holdPolicy({
      folders: [folder],
      documents,
      acknowledged: acknowledgeChosen({
        documents,
        acknowledged: document(strict, 'acknowledged'),
        chosen: held.state.pending,
        productVersion: '0.1.0',
      }),
      today,
      productVersion: '0.1.0',
      digest: (text) => text,
    });
    assert.deepEqual(after.state.pending, []);
    assert.equal(decided(after.state.policy, 'pay/a.ts').reach, 'cloud');
  });

  test('a stricter policy holds at once and counts as accepted', () => {
    const files = { tree: strict, head: lax, accepted: lax };
    assert.equal(reachOf(files, 'pay/a.ts'), 'device');
    assert.deepEqual(pending(files), []);
    assert.equal(acceptedText(hold(files)), JSON.stringify({ version: 1, ...strict }));
  });

  test('a policy deleted on disk closes the cloud, and its rules still hold', () => {
    const held = hold({ head: strict, accepted: strict });
    assert.equal(held.state.kind, 'none');
    assert.equal(decided(held.state.policy, 'pay/a.ts').reach, 'device');
    assert.equal(decided(held.state.policy, 'a.ts').reach, 'perimeter');
    assert.match(held.state.pending[0]?.message ?? '', /policy file is gone/);
  });

  test('what is accepted survives while the file is gone or broken', () => {
    assert.equal(acceptedText(hold({ accepted: strict })), JSON.stringify({ version: 1, ...strict }));
    assert.equal(acceptedText(hold({ tree: '{', accepted: strict })), JSON.stringify({ version: 1, ...strict }));
  });

  test('ignore files are held as well', () => {
    const held = holdPolicy({
      folders: [folder],
      documents: [...document(lax, 'working tree'), ...document('b/\n!a/keep', 'working tree', '.cursorignore')],
      acknowledged: document('a/\nb/', 'acknowledged', '.cursorignore'),
      today,
      productVersion: '0.1.0',
      digest: (text) => text,
    });
    assert.equal(decided(held.state.policy, 'a/x').reach, 'device');
    assert.deepEqual(
      held.state.pending.map(({ message }) => message),
      ['a/ is no longer excluded.', 'a/keep is let through again.'],
    );
  });

  test('the same policies in other versions have the same hash', () => {
    const first = hold({ tree: strict }).state.hash;
    assert.equal(hold({ tree: strict, head: strict, accepted: strict }).state.hash, first);
    assert.notEqual(hold({ tree: lax }).state.hash, first);
  });
});

describe('a policy in trouble', () => {
  test('never read before keeps everything on the device', () => {
    const { state } = hold({ tree: '{' });
    assert.ok(state.kind === 'invalid' && state.limit === 'device');
  });

  test('whose former version is known still lets the perimeter be used, by that version’s rules', () => {
    const { state } = hold({ tree: '{', head: strict });
    assert.ok(state.kind === 'invalid' && state.limit === 'perimeter');
    assert.equal(decided(state.policy, 'pay/a').reach, 'device');
  });

  test('because it is meant for a later version of the product', () => {
    const { state } = hold({ tree: { ...lax, minVersion: '0.2.0' } });
    assert.ok(
      state.kind === 'invalid' && /needs Ringfence 0\.2\.0; this is 0\.1\.0/.test(state.problems[0]?.message ?? ''),
    );
    assert.equal(hold({ tree: { ...lax, minVersion: '0.2.0' } }, '0.10.0').state.kind, 'loaded');
    assert.equal(hold({ tree: { ...lax, minVersion: '0.2.0' } }, '1.0.0-beta').state.kind, 'loaded');
  });
});

describe('every way to loosen a policy is noticed', () => {
  const base = {
    reach: 'perimeter',
    rules: [
      { id: 'a', files: ['/a/', '*.sql'], reach: 'device', declassify: 'never' },
      { id: 'b', files: ['/b/'], reach: 'none' },
    ],
    exceptions: [{ id: 'e', of: 'b', files: ['/b/open'], reason: 'r', expires: '2030-01-01' }],
    unlabelled: { typed: 'perimeter' },
    cloud: {
      backends: ['x'],
      models: ['x/a'],
      upstreams: ['u'],
      dataCollection: 'deny',
      retention: 'deny',
      monthlyBudgetUsd: 10,
      onOutage: 'never',
    },
    scan: { secrets: 'block', values: 'redact', pii: 'warn' },
    ledger: { required: true, identity: 'user' },
    local: { requireOllamaCloudDisabled: true },
  };
  const [a, b] = base.rules;
  const [e] = base.exceptions;
  const rows: readonly (readonly [title: string, change: Readonly<Record<string, unknown>>, message: RegExp])[] = [
    ['the reach of all files', { reach: 'cloud' }, /"reach" becomes "cloud" instead of "perimeter"/],
    ['a rule removed', { rules: [a], exceptions: [] }, /Rule "b" no longer holds for \/b\//],
    ['a pattern removed', { rules: [{ ...a, files: ['/a/'] }, b] }, /Rule "a" no longer holds for \*\.sql/],
    ['a pattern narrowed', { rules: [{ ...a, files: ['/a/x/', '*.sql'] }, b] }, /no longer holds for \/a\//],
    [
      'a rule that reaches farther',
      { rules: [a, { ...b, reach: 'device' }] },
      /lets \/b\/ go to "device" instead of "none"/,
    ],
    ['a rule that may be declassified', { rules: [{ ...a, declassify: 'confirm' }, b] }, /lets a person send \/a\//],
    [
      'an exception added',
      { exceptions: [e, { ...e, id: 'f', files: ['/b/x'] }] },
      /Exception "f" takes \/b\/x out of "b" until 2030-01-01/,
    ],
    ['an exception prolonged', { exceptions: [{ ...e, expires: 'never' }] }, /takes \/b\/open out of "b" for good/],
    ['an exception of another rule', { exceptions: [{ ...e, of: 'a' }] }, /out of "a"/],
    [
      'rules that swap their ids under an exception',
      {
        rules: [
          { ...a, id: 'b' },
          { ...b, id: 'a' },
        ],
      },
      /takes \/b\/open out of "b"/,
    ],
    ['an exception from the whole policy', { exceptions: [e, { ...e, id: 'g', of: 'reach' }] }, /Exception "g"/],
    ['typed text', { unlabelled: {} }, /"unlabelled.typed" becomes "cloud"/],
    ['the terminal', { unlabelled: { typed: 'perimeter', terminal: 'cloud' } }, /"unlabelled.terminal"/],
    ['another backend', { cloud: { ...base.cloud, backends: ['x', 'y'] } }, /"cloud.backends" also allows y/],
    ['any model', { cloud: { ...base.cloud, models: undefined } }, /"cloud.models" no longer limits/],
    [
      'data collection',
      { cloud: { ...base.cloud, dataCollection: 'allow' } },
      /"cloud.dataCollection" becomes "allow"/,
    ],
    ['retention left out', { cloud: { ...base.cloud, retention: undefined } }, /"cloud.retention" becomes "allow"/],
    ['a higher budget', { cloud: { ...base.cloud, monthlyBudgetUsd: 11 } }, /from 10 to 11/],
    ['no budget', { cloud: { ...base.cloud, monthlyBudgetUsd: undefined } }, /budget is gone/],
    ['an outage', { cloud: { ...base.cloud, onOutage: 'auto' } }, /"cloud.onOutage" becomes "auto"/],
    ['a milder scan', { scan: { ...base.scan, values: 'warn' } }, /"scan.values" becomes "warn"/],
    ['no ledger', { ledger: {} }, /"ledger.required" becomes "false"/],
    ['Ollama’s cloud', { local: {} }, /requireOllamaCloudDisabled/],
  ];
  for (const [title, change, message] of rows) {
    test(title, () => {
      const found = pending({ tree: { ...base, ...change }, accepted: base });
      assert.ok(
        found.some((one) => message.test(one)),
        JSON.stringify(found),
      );
    });
  }

  test('what says the same in other words is no loosening', () => {
    const same = {
      ...base,
      reach: 'device',
      rules: [
        { id: 'b', files: ['/b/**'], reach: 'none' },
        { id: 'sql', files: ['*.SQL'], reach: 'none', declassify: 'never' },
        { id: 'new-name', files: ['{/a,/c}/'], reach: 'device', declassify: 'never', reason: 'r' },
      ],
      exceptions: [{ ...e, expires: '2029-01-01' }],
      cloud: { ...base.cloud, backends: [], monthlyBudgetUsd: 5 },
      scan: { secrets: 'block', values: 'block', pii: 'block' },
    };
    assert.deepEqual(pending({ tree: same, accepted: base }), []);
  });
});

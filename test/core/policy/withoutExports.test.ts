import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { acknowledgeChosen } from '../../../src/core/policy/acknowledge.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { documentFor } from '../../../src/core/policy/documentFor.ts';
import { exportIgnore } from '../../../src/core/policy/exportIgnore.ts';
import { holdPolicy, type Held } from '../../../src/core/policy/hold.ts';
import { importedNames } from '../../../src/core/policy/imported.ts';
import type { FileVersion } from '../../../src/core/policy/source.ts';
import { decided, folder, parsed, today } from './fixture.ts';

type Files = Readonly<Record<string, string>>;
const versions = { tree: 'working tree', head: 'HEAD', accepted: 'acknowledged' } as const;
type Versions = { readonly [version in keyof typeof versions]?: Files };

function documents(files: Files = {}, version: FileVersion): readonly PolicyDocument[] {
  return Object.entries(files).flatMap(
    ([below, text]) => documentFor({ folder, below, version }, { kind: 'text', text }) ?? [],
  );
}

function hold({ tree, head, accepted }: Versions): Held {
  return holdPolicy({
    folders: [folder],
    documents: [...documents(tree, versions.tree), ...documents(head, versions.head)],
    acknowledged: documents(accepted, versions.accepted),
    today,
    productVersion: '0.1.0',
    digest: (text) => text,
  });
}

function reachOf(files: Versions, file: string): string {
  return decided(hold(files).state.policy, file).reach;
}

function policy(more: object = {}): string {
  return JSON.stringify({ version: 1, ...fields, ...more });
}

/** What an ignore file cannot say: servers of one's own, and exceptions. */
const fields = {
  reach: 'cloud',
  rules: [
    { id: 'ours', files: ['/ours/'], reach: 'perimeter' },
    { id: 'docs', files: ['/docs/'], reach: 'device' },
  ],
  exceptions: [{ id: 'faq', of: 'docs', files: ['/docs/faq.md'], reason: 'public', expires: 'never' }],
};
const exported = exportIgnore(parsed(fields), { name: '.cursorignore', root: true });
const both = { '.ringfence.jsonc': policy(), '.cursorignore': exported };
const name = fc.constantFrom('ours', 'docs', 'faq.md', '.env', '.env.example', 'a.ts', 'k.pem', 'sub');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));

describe('an ignore file that was written from the policy', () => {
  test('changes no decision, whatever tool it is for and wherever it lies', () => {
    const nested = { rules: [{ id: 'n', files: ['/ours/'], reach: 'perimeter' }] };
    const policies = {
      '.ringfence.jsonc': policy(),
      'sub/.ringfence.jsonc': JSON.stringify({ version: 1, ...nested }),
    };
    const all: Record<string, string> = { ...policies };
    for (const tool of importedNames) {
      all[tool] = exportIgnore(parsed(fields), { name: tool, root: true });
      all[`sub/${tool}`] = exportIgnore(parsed(nested, 'nested'), { name: tool, root: false });
    }
    const [without, withExports] = [policies, all].map((tree) => hold({ tree, head: tree }).state.policy);
    fc.assert(
      fc.property(path, (file) => {
        assert.ok(without && withExports);
        assert.deepEqual(decided(withExports, file), decided(without, file));
      }),
    );
  });

  test('is not taken for a statement of its own: it comes, changes with the policy and goes without a question', () => {
    const first = hold({ tree: both });
    assert.deepEqual(
      first.acknowledged.map(({ file }) => file),
      [`${folder}/.ringfence.jsonc`],
    );
    const stricter = { ...fields, rules: [...fields.rules, { id: 'x', files: ['/x/'], reach: 'device' }] };
    const next = {
      '.ringfence.jsonc': policy(stricter),
      '.cursorignore': exportIgnore(parsed(stricter), { name: '.cursorignore', root: true }),
    };
    assert.deepEqual(hold({ tree: next, head: both, accepted: { '.ringfence.jsonc': policy() } }).state.pending, []);
    const gone = { '.ringfence.jsonc': policy() };
    assert.deepEqual(hold({ tree: gone, head: both, accepted: gone }).state.pending, []);
  });

  test('is the same with the line ends of Windows', () => {
    const tree = { ...both, '.cursorignore': exported.replaceAll('\n', '\r\n') };
    assert.equal(reachOf({ tree }, 'ours/a.ts'), 'perimeter');
  });
});

describe('an ignore file speaks for itself once it says anything else', () => {
  test('with a line more, a line less, under another tool’s name, in another folder', () => {
    const lines = exported.split('\n');
    for (const [file, text, held] of [
      ['.cursorignore', `${exported}/more\n`, 'ours/a.ts'],
      ['.cursorignore', lines.filter((line) => line !== '/docs').join('\n'), 'ours/a.ts'],
      ['.aiignore', exported, 'ours/a.ts'],
      ['sub/.cursorignore', exported, 'sub/ours/a.ts'],
    ] as const)
      assert.equal(reachOf({ tree: { '.ringfence.jsonc': policy(), [file]: text } }, held), 'device', file);
  });

  test('when the policy it was made from has changed', () => {
    const changed = policy({ rules: [...fields.rules, { id: 'x', files: ['/x/'], reach: 'device' }] });
    assert.equal(reachOf({ tree: { ...both, '.ringfence.jsonc': changed } }, 'ours/a.ts'), 'device');
  });

  test('when there is no valid policy beside it', () => {
    assert.equal(reachOf({ tree: { ...both, '.ringfence.jsonc': '{' } }, 'docs/faq.md'), 'device');
    assert.equal(reachOf({ tree: { '.cursorignore': exported } }, 'docs/faq.md'), 'device');
  });
});

describe('the ratchet is not loosened by a policy that an ignore file happens to repeat', () => {
  const stale = { '.ringfence.jsonc': policy({ rules: fields.rules.slice(0, 1), exceptions: [] }) };

  test('an older policy put back on disk leaves what is committed in force', () => {
    const head = { ...stale, '.cursorignore': exported };
    assert.equal(reachOf({ tree: both, head }, 'ours/a.ts'), 'device');
  });

  test('what was accepted holds until the change is accepted', () => {
    const accepted = { '.cursorignore': exported };
    const held = hold({ tree: both, accepted });
    assert.equal(decided(held.state.policy, 'ours/a.ts').reach, 'device');
    assert.match(held.state.pending[0]?.message ?? '', /gone or only repeats the policy/);
    const again = holdPolicy({ ...input(both), acknowledged: held.acknowledged });
    assert.equal(decided(again.state.policy, 'ours/a.ts').reach, 'device', 'still, after it was seen');
    const after = acknowledgeChosen({
      documents: documents(both, 'working tree'),
      acknowledged: again.acknowledged,
      chosen: again.state.pending,
      productVersion: '0.1.0',
    });
    const freed = holdPolicy({ ...input(both), acknowledged: after });
    assert.deepEqual(freed.state.pending, []);
    assert.equal(decided(freed.state.policy, 'ours/a.ts').reach, 'perimeter');
  });
});

function input(tree: Files): Omit<Parameters<typeof holdPolicy>[0], 'acknowledged'> {
  const digest = (text: string): string => text;
  return { folders: [folder], documents: documents(tree, 'working tree'), today, productVersion: '0.1.0', digest };
}

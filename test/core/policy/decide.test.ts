import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/core/policy/decide.ts';
import { compiled, decided, fileAt, folder, source } from './fixture.ts';

const open = { reach: 'cloud' };

describe('a file goes as far as the nearest rule lets it', () => {
  const policy = compiled([
    source({
      reach: 'cloud',
      rules: [
        { id: 'pay', files: ['/src/pay/'], reach: 'device', reason: 'payments', owner: '@sec' },
        { id: 'ours', files: ['*.internal.md', '/src/'], reach: 'perimeter' },
        { id: 'hold', files: ['/legal/'], reach: 'none', declassify: 'never' },
      ],
    }),
  ]);

  test('no rule: as far as the policy says for all files', () =>
    assert.equal(decided(policy, 'README.md').reach, 'cloud'));
  test('one rule', () => assert.equal(decided(policy, 'a.internal.md').reach, 'perimeter'));
  test('the nearer of two', () => assert.equal(decided(policy, 'src/pay/a.ts').reach, 'device'));
  test('no model at all', () => assert.equal(decided(policy, 'legal/a.md').reach, 'none'));
  test('declassified only where every rule allows it', () => {
    assert.equal(decided(policy, 'src/a.ts').declassify, 'confirm');
    assert.equal(decided(policy, 'legal/a.internal.md').declassify, 'never');
  });

  test('the decision names each rule with file and line, nearest first', () => {
    assert.deepEqual(decided(policy, 'src/pay/a.ts').rules, [
      {
        layer: 'workspace',
        id: 'pay',
        pattern: '/src/pay/',
        reach: 'device',
        reason: 'payments',
        owner: '@sec',
        file: `${folder}/.ringfence.jsonc`,
        line: 1,
      },
      {
        layer: 'workspace',
        id: 'ours',
        pattern: '/src/',
        reach: 'perimeter',
        file: `${folder}/.ringfence.jsonc`,
        line: 1,
      },
    ]);
  });
});

describe('private by default', () => {
  test('a workspace policy that does not say how far keeps its files on the device', () => {
    assert.equal(decided(compiled([source({ rules: [] })]), 'a.ts').reach, 'device');
  });

  test('without any policy nothing goes beyond the perimeter, and credentials stay on the device', () => {
    const none = compiled([]);
    assert.equal(decided(none, 'a.ts').reach, 'perimeter');
    assert.match(decided(none, 'a.ts').doubt ?? '', /No policy file/);
    assert.equal(decided(none, '.env').reach, 'device');
    assert.equal(decide(none, { kind: 'typed' }).reach, 'perimeter');
    assert.equal(none.opened, false);
  });

  test('a rule cannot widen what the policy says for all files', () => {
    assert.equal(
      decided(
        compiled([source({ reach: 'device', rules: [{ id: 'a', files: ['/docs/'], reach: 'cloud' }] })]),
        'docs/a.md',
      ).reach,
      'device',
    );
  });

  test('a folder without a policy is not opened by the policy of another folder', () => {
    const policy = compiled([source(open)], [], [folder, 'file:///v']);
    const elsewhere = { ...fileAt('a.ts'), names: [{ kind: 'path' as const, path: 'a.ts', folder: 'file:///v' }] };
    assert.equal(decided(policy, elsewhere).reach, 'perimeter');
    const linked = fileAt('a.ts', { kind: 'real path', path: 'a.ts', folder: 'file:///v' });
    assert.equal(decided(policy, linked).reach, 'perimeter');
  });

  test('a workspace folder inside another is spoken for by the outer one’s policy', () => {
    const policy = compiled([source(open)], [], [folder, `${folder}/packages/a`]);
    const file = fileAt('packages/a/x.ts', { kind: 'path', path: 'x.ts', folder: `${folder}/packages/a` });
    assert.equal(decided(policy, file).reach, 'cloud');
  });

  test('the user’s own policy may open folders that have none', () => {
    assert.equal(decided(compiled([source(open, { layer: 'user' })]), 'a.ts').reach, 'cloud');
    assert.equal(decided(compiled([source({ rules: [] }, { layer: 'user' })]), 'a.ts').reach, 'perimeter');
  });
});

describe('every name counts', () => {
  const policy = compiled([source({ ...open, rules: [{ id: 'x', files: ['/private/'], reach: 'device' }] })]);

  test('the target of a link', () => {
    assert.equal(decided(policy, fileAt('notes.txt', { kind: 'real path', path: '.env', folder })).reach, 'device');
  });

  test('the link itself', () => {
    assert.equal(decided(policy, fileAt('b.txt', { kind: 'link', path: 'private/b.txt', folder })).reach, 'device');
  });

  test('an absolute path outside, for built-in rules', () => {
    assert.equal(decided(policy, fileAt('b.txt', { kind: 'real path', path: '/home/me/.aws/x' })).reach, 'device');
  });

  test('a name that is not written out plainly cannot be matched and stays', () => {
    for (const path of ['./a.ts', 'x/../.env', 'a//b', `${'a/'.repeat(80)}b`, 'a'.repeat(2000)]) {
      assert.equal(decided(policy, fileAt(path)).reach, 'device', path.slice(0, 20));
    }
  });

  test('no name at all stays', () => {
    assert.equal(decided(policy, { uri: 'x:', display: 'x', names: [] }).reach, 'device');
  });

  test('a doubtful resource stays, and still names the rules that hold', () => {
    const decision = decided(policy, { ...fileAt('private/a'), doubt: 'repository data' });
    assert.equal(decision.reach, 'device');
    assert.equal(decision.rules[0]?.id, 'x');
    assert.match(decision.doubt ?? '', /repository/);
  });
});

describe('exceptions', () => {
  const rules = [{ id: 'docs', files: ['/internal/'], reach: 'device' }];
  const faq = { id: 'faq', of: 'docs', files: ['/internal/faq.md'], reason: 'public', expires: 'never' };
  const reachOf = (exceptions: readonly object[], file: Parameters<typeof decided>[1]): string =>
    decided(compiled([source({ ...open, rules, exceptions })]), file).reach;

  test('take a file out of a rule of the same file', () => {
    assert.equal(reachOf([faq], 'internal/faq.md'), 'cloud');
    assert.equal(reachOf([faq], 'internal/other.md'), 'device');
  });

  test('hold through their last day and not after it', () => {
    assert.equal(reachOf([{ ...faq, expires: '2026-11-20' }], 'internal/faq.md'), 'cloud');
    assert.equal(reachOf([{ ...faq, expires: '2026-11-19' }], 'internal/faq.md'), 'device');
  });

  test('do not help a file that the rule also matches under another name', () => {
    assert.equal(
      reachOf([faq], fileAt('internal/faq.md', { kind: 'real path', path: 'internal/secret.md', folder })),
      'device',
    );
  });

  test('take nothing out of the same rule in another layer', () => {
    const policy = compiled([
      source({ ...open, rules, exceptions: [faq] }),
      source({ rules: [{ id: 'docs', files: ['internal/'], reach: 'device' }] }, { layer: 'user' }),
    ]);
    assert.equal(decided(policy, 'internal/faq.md').reach, 'device');
  });

  test('from the file’s own reach open what the rest keeps', () => {
    const policy = compiled([
      source({
        reach: 'device',
        exceptions: [{ id: 'd', of: 'reach', files: ['/docs/'], reason: 'published', expires: 'never' }],
      }),
    ]);
    assert.equal(decided(policy, 'docs/a.md').reach, 'cloud');
    assert.equal(decided(policy, 'src/a.md').reach, 'device');
    assert.equal(decided(policy, 'docs/.env').reach, 'device');
  });

  test('from built-in rules come from the user alone, and every version of the user’s file has to agree', () => {
    const except = {
      exceptions: [{ id: 'k', of: 'built-in/keys', files: ['/test/*.pem'], reason: 'made up', expires: 'never' }],
    };
    const user = source(except, { layer: 'user' });
    assert.equal(decided(compiled([source(open), user]), 'test/a.pem').reach, 'cloud');
    assert.equal(decided(compiled([source(open), user]), 'src/a.pem').reach, 'device');
    const before = source({}, { layer: 'user', version: 'acknowledged' });
    assert.equal(decided(compiled([source(open), user, before]), 'test/a.pem').reach, 'device');
  });
});

describe('layers', () => {
  test('a nested file narrows what lies below it and nothing else', () => {
    const nested = source(
      { reach: 'device', rules: [{ id: 'n', files: ['/k[1]/x'], reach: 'none' }] },
      { layer: 'nested', base: 'packages/a' },
    );
    const policy = compiled([source(open), nested]);
    assert.equal(decided(policy, 'packages/a/b.ts').reach, 'device');
    assert.equal(decided(policy, 'packages/a/k1/x').reach, 'none');
    assert.equal(decided(policy, 'packages/ab/b.ts').reach, 'cloud');
    assert.equal(decided(policy, 'k1/x').reach, 'cloud');
  });

  test('a nested folder whose name has glob characters is meant literally', () => {
    const nested = source(
      { rules: [{ id: 'n', files: ['x.ts'], reach: 'device' }] },
      { layer: 'nested', base: 'app/[id]/*' },
    );
    const policy = compiled([source(open), nested]);
    assert.equal(decided(policy, 'app/[id]/*/x.ts').reach, 'device');
    assert.equal(decided(policy, 'app/i/z/x.ts').reach, 'cloud');
  });

  test('the administrator’s rules hold whatever the repository says', () => {
    const managed = source({ rules: [{ id: 'm', files: ['*.sql'], reach: 'perimeter' }] }, { layer: 'managed' });
    assert.equal(decided(compiled([source(open), managed]), 'a/b.sql').reach, 'perimeter');
  });

  test('former versions hold beside the present one', () => {
    const strict = source({ ...open, rules: [{ id: 'a', files: ['/a/'], reach: 'device' }] }, { version: 'HEAD' });
    const lax = source(open);
    assert.equal(decided(compiled([lax, strict]), 'a/x').reach, 'device');
    assert.equal(decided(compiled([lax, source({}, { version: 'acknowledged' })]), 'b').reach, 'device');
  });

  test('a former version of a file that is gone opens nothing', () => {
    const gone = source(open, { version: 'HEAD' });
    assert.equal(decided(compiled([gone]), 'a.ts').reach, 'perimeter');
    assert.equal(compiled([gone]).opened, false);
  });
});

describe('text without a file', () => {
  const reachOf = (fields: object, kind: 'typed' | 'terminal' | 'clipboard'): string =>
    decide(compiled([source(fields)]), { kind }).reach;

  test('typed text may go anywhere under a policy, the rest stays unless said otherwise', () => {
    assert.equal(reachOf(open, 'typed'), 'cloud');
    assert.equal(reachOf(open, 'terminal'), 'device');
    assert.equal(reachOf({ ...open, unlabelled: { terminal: 'perimeter', typed: 'device' } }, 'terminal'), 'perimeter');
    assert.equal(reachOf({ ...open, unlabelled: { terminal: 'perimeter', typed: 'device' } }, 'typed'), 'device');
  });

  test('of unknown origin it never leaves, and the product’s own words always may', () => {
    assert.equal(decide(compiled([source(open)]), { kind: 'unknown' }).reach, 'device');
    assert.equal(decide(compiled([]), { kind: 'product' }).reach, 'cloud');
  });
});

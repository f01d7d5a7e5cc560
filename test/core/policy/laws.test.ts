import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearest, reaches, type Reach } from '../../../src/core/label/reach.ts';
import type { Resource, ResourceName } from '../../../src/core/label/resource.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import { createDecider } from '../../../src/core/policy/decider.ts';
import { readImported } from '../../../src/core/policy/imported.ts';
import type { Policy } from '../../../src/core/policy/compile.ts';
import type { ImportedSource, PolicySource } from '../../../src/core/policy/source.ts';
import { compiled, folder, source } from './fixture.ts';

const reach = fc.constantFrom(...reaches);
const name = fc.constantFrom('a', 'b', '.env', 'key.pem', 'x.ts', 'secrets', 'É', 'ß');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const pattern = fc.oneof(
  path,
  path.map((one) => `/${one}`),
  name.map((one) => `${one}/`),
  fc.constantFrom('*', '*.ts', '*.pem', '**/b/**', 'a/*', '{a,b}/x.ts', 'É'),
);
const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
const rule = fc.record({ files: patterns, reach, declassify: fc.constantFrom('confirm', 'never') });
const layer = fc.constantFrom('managed' as const, 'user' as const, 'workspace' as const, 'nested' as const);
const version = fc.constantFrom('working tree' as const, 'HEAD' as const, 'acknowledged' as const);

const policySource = fc
  .record({
    layer,
    version,
    reach: fc.option(reach),
    rules: fc.array(rule, { maxLength: 4 }),
    except: fc.array(fc.tuple(fc.nat(4), pattern), { maxLength: 2 }),
  })
  .map(({ layer, version, reach, rules, except }): PolicySource => {
    const exceptions = except.map(([of, file], index) => ({
      id: `e${index}`,
      of: of < rules.length ? `r${of}` : 'reach',
      files: [file],
      reason: 'r',
      expires: 'never',
    }));
    const fields = {
      ...(reach ? { reach } : {}),
      rules: rules.map((one, index) => ({ id: `r${index}`, ...one })),
      exceptions,
    };
    return source(fields, { layer, version, ...(layer === 'nested' ? { base: 'a' } : {}) });
  });

const imported = fc
  .record({
    lines: fc.array(
      fc.oneof(
        pattern,
        pattern.map((one) => `!${one}`),
      ),
      { maxLength: 4 },
    ),
    base: fc.option(fc.constant('a')),
  })
  .map(({ lines, base }): ImportedSource => ({
    file: `${folder}/.cursorignore`,
    folder,
    version: 'working tree',
    imported: readImported({ name: '.cursorignore', text: lines.filter((line) => !line.includes('{')).join('\n') }),
    ...(base === null ? {} : { base }),
  }));

const kinds = fc.constantFrom<ResourceName['kind']>('path', 'real path', 'link', 'hard link');
const resource = fc
  .array(fc.tuple(kinds, path, fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((names): Resource => ({
    uri: `${folder}/x`,
    display: 'x',
    names: names.map(([kind, one, inside]) => (inside ? { kind, path: one, folder } : { kind, path: `/w/${one}` })),
  }));

const sources = fc.array(policySource, { maxLength: 5 });
const importedSources = fc.array(imported, { maxLength: 2 });

function reachOf(policy: Policy, file: Resource): Reach {
  return decide(policy, { kind: 'file', resource: file }).reach;
}

function allowsNoMore(after: Reach, before: Reach): boolean {
  return nearest(after, before) === after;
}

const runs = { numRuns: 150 };

test('adding a rule never allows more', () => {
  fc.assert(
    fc.property(sources, fc.nat(), rule, resource, (before, at, added, file) => {
      const index = before.length === 0 ? -1 : at % before.length;
      const after = before.map((one, position) => (position === index ? withRule(one, added) : one));
      assert.ok(allowsNoMore(reachOf(compiled(after), file), reachOf(compiled(before), file)));
    }),
    runs,
  );
});

test('adding an ignore file never allows more', () => {
  fc.assert(
    fc.property(sources, importedSources, imported, resource, (policies, ignores, added, file) => {
      assert.ok(
        allowsNoMore(
          reachOf(compiled(policies, [...ignores, added]), file),
          reachOf(compiled(policies, ignores), file),
        ),
      );
    }),
    runs,
  );
});

test('a former version beside a file never allows more', () => {
  fc.assert(
    fc.property(sources, policySource, resource, (before, added, file) => {
      const former = { ...added, version: 'HEAD' as const };
      // A user's reach opens folders that nothing else speaks for; that is what stating it is for.
      fc.pre(former.layer !== 'user' && former.layer !== 'managed');
      assert.ok(allowsNoMore(reachOf(compiled([...before, former]), file), reachOf(compiled(before), file)));
    }),
    runs,
  );
});

test('joining two policies allows what both allow and no more', () => {
  const speaking = fc.array(policySource, { maxLength: 3 }).map((more) => [source({ reach: 'cloud' }), ...more]);
  fc.assert(
    fc.property(speaking, speaking, resource, (a, b, file) => {
      const joined = reachOf(compiled([...a, ...b]), file);
      assert.equal(joined, nearest(reachOf(compiled(a), file), reachOf(compiled(b), file)));
    }),
    runs,
  );
});

test('the order of rules, of layers and of names never matters', () => {
  const shuffledSources = sources.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffledSources, importedSources, resource, ([list, shuffled], ignores, file) => {
      const one = compiled(list, ignores);
      const other = compiled(shuffled.map(reverseRules), ignores.toReversed());
      const reversed = { ...file, names: file.names.toReversed() };
      assert.deepEqual(
        decide(other, { kind: 'file', resource: reversed }),
        decide(one, { kind: 'file', resource: file }),
      );
      assert.deepEqual(other.settings, one.settings);
    }),
    runs,
  );
});

test('another name never allows more', () => {
  const more = fc.tuple(kinds, path).map(([kind, one]): ResourceName => ({ kind, path: one, folder }));
  fc.assert(
    fc.property(sources, resource, more, (list, file, added) => {
      const policy = compiled(list);
      // An absolute name finds its twin among the names inside the folder; a new one can only be matched further.
      fc.pre(file.names.every(({ folder: inside }) => inside !== undefined));
      assert.ok(allowsNoMore(reachOf(policy, { ...file, names: [...file.names, added] }), reachOf(policy, file)));
    }),
    runs,
  );
});

test('deciding again, and from memory, says the same', () => {
  fc.assert(
    fc.property(sources, importedSources, resource, (list, ignores, file) => {
      const policy = compiled(list, ignores);
      const remember = createDecider(policy);
      const first = decide(policy, { kind: 'file', resource: file });
      for (let round = 0; round < 2; round++) {
        assert.deepEqual(decide(policy, { kind: 'file', resource: file }), first);
        assert.deepEqual(remember({ kind: 'file', resource: file }), first);
      }
    }),
    runs,
  );
});

test('a built-in rule holds whatever a repository’s files say', () => {
  const repository = fc.array(
    policySource.filter(({ layer }) => layer === 'workspace' || layer === 'nested'),
    { maxLength: 4 },
  );
  const held = fc.constantFrom('.env', 'a/.env.local', 'key.pem', 'secrets/b', '.ssh/config', 'a/id_rsa', 'x.tfstate');
  fc.assert(
    fc.property(repository, held, (list, file) => {
      const decision = decide(compiled(list), {
        kind: 'file',
        resource: { uri: '', display: '', names: [{ kind: 'path', path: file, folder }] },
      });
      assert.ok(allowsNoMore(decision.reach, 'device'));
    }),
    runs,
  );
});

function withRule(one: PolicySource, added: object): PolicySource {
  const extra = source({ rules: [{ id: 'added', ...added }] }, { layer: one.layer }).policy.rules;
  return { ...one, policy: { ...one.policy, rules: [...one.policy.rules, ...extra] } };
}

function reverseRules(one: PolicySource): PolicySource {
  return {
    ...one,
    policy: { ...one.policy, rules: one.policy.rules.toReversed(), exceptions: one.policy.exceptions.toReversed() },
  };
}

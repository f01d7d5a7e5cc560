import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../../src/core/policy/fold.ts';
import { indexGlobs } from '../../../src/core/policy/globIndex.ts';
import { exactMatch } from '../../../src/core/policy/globMatch.ts';
import { readPattern, type Pattern } from '../../../src/core/policy/pattern.ts';

function pattern(source: string): Pattern {
  const read = readPattern(source);
  if (read.kind === 'invalid') assert.fail(`${source}: ${read.message}`);
  return read.pattern;
}

function holds(source: string, path: string): boolean {
  const index = indexGlobs(pattern(source).globs.map((glob) => ({ glob, value: source })));
  return index(fold(path)).length > 0;
}

describe('a pattern means what .gitignore users mean by it', () => {
  const rows: readonly (readonly [pattern: string, held: readonly string[], free: readonly string[]])[] = [
    ['.env', ['.env', 'a/.env', '.env/x'], ['.envx', 'a.env', '.en']],
    ['*.pem', ['x.pem', 'a/b/x.pem', '.pem', 'x.pem/y'], ['x.pem.txt', 'xpem']],
    ['secrets/', ['secrets', 'secrets/a', 'a/secrets/b/c'], ['secretsx/a', 'my-secrets/a']],
    ['secrets', ['secrets', 'secrets/a/b'], ['secret']],
    ['secrets/**', ['secrets', 'secrets/a/b'], ['a/secrets/b']],
    ['**/secrets/**', ['secrets', 'a/secrets/b'], ['a/secret/b']],
    ['/.env', ['.env'], ['a/.env']],
    ['/src/payments/', ['src/payments/a.ts', 'src/payments'], ['a/src/payments/a.ts', 'src/payment']],
    ['src/payments', ['src/payments/a.ts'], ['a/src/payments/a.ts']],
    ['src/*/key.ts', ['src/a/key.ts'], ['src/a/b/key.ts', 'src/key.ts']],
    ['src/**/key.ts', ['src/key.ts', 'src/a/b/key.ts'], ['key.ts']],
    ['secrets/*', ['secrets/.hidden', 'secrets/a/b'], ['secrets']],
    ['*', ['a', 'a/b', '.a'], []],
    ['**', ['a', 'a/b/.c'], []],
    ['id_{rsa,ed25519}', ['id_rsa', 'a/id_ed25519'], ['id_dsa', 'id_rsa.pub']],
    ['{/a,b}.txt', ['a.txt', 'b.txt', 'x/b.txt'], ['x/a.txt']],
    ['x{,y}.ts', ['x.ts', 'xy.ts'], ['xz.ts']],
    ['key[0-9].ts', ['key1.ts'], ['key.ts', 'keyx.ts']],
    ['key?.ts', ['key1.ts', 'keyß.ts'], ['key12.ts']],
    ['a[{]b', ['a{b'], ['ab']],
    ['app/(group)/page.tsx', ['app/(group)/page.tsx'], ['app/group/page.tsx']],
    ['#x', ['#x'], ['x']],
    ['kubeconfig*', ['kubeconfig', 'a/kubeconfig.yaml'], ['kubeconfi']],
    ['*-firebase-adminsdk-*.json', ['a-firebase-adminsdk-b.json'], ['a-firebase.json']],
    ['*.tfstate.*', ['a.tfstate.backup'], ['a.tfstate']],
  ];
  for (const [source, held, free] of rows) {
    test(source, () => {
      for (const path of held) assert.ok(holds(source, path), `${source} should hold ${path}`);
      for (const path of free) assert.ok(!holds(source, path), `${source} should not hold ${path}`);
    });
  }
});

describe('spelling is no way around a pattern', () => {
  const rows: readonly (readonly [pattern: string, path: string])[] = [
    ['.env', 'a/.ENV'],
    ['.ENV', 'a/.env'],
    ['caf\u00e9.key', 'cafe\u0301.key'],
    ['cafe\u0301.key', 'caf\u00e9.key'],
    ['stra\u00dfe.key', 'STRASSE.KEY'],
    ['STRASSE.key', 'stra\u00dfe.key'],
    ['key.txt', '\u212aey.txt'],
    ['ofi.txt', 'O\ufb01.txt'],
    ['i.txt', '\u0130.txt'],
    ['\u039f\u03a3*', '\u03bf\u03c3\u03b1'],
    ['*\u03c2', '\u03a3'],
    ['stra?e.key', 'stra\u00dfe.key'],
  ];
  for (const [source, path] of rows) {
    test(`${source} holds ${path}`, () => assert.ok(holds(source, path)));
  }
});

describe('a pattern that could never do what it says is an error', () => {
  const rows: readonly (readonly [pattern: string, message: RegExp, at: number])[] = [
    ['', /empty/, 0],
    ['!a', /not negated/, 0],
    [' a', /space/, 0],
    ['a ', /space/, 0],
    ['a\\b', /Write \//, 1],
    ['./a', /never matches/, 0],
    ['../a', /never matches/, 0],
    ['a//b', /Two slashes/, 0],
    ['/', /names nothing/, 0],
    ['a**', /stand alone/, 0],
    ['{a,b', /never closed/, 0],
    ['a}', /closes nothing/, 1],
    ['{a}', /two or more/, 0],
    ['{1..9}', /Ranges/, 0],
    ['x[a', /never closed/, 1],
    ['[!a]', /not understood/, 0],
    ['[^a]', /not understood/, 0],
    ['[[:alpha:]]', /Named classes/, 0],
    ['[\u00e0-\u00ff]', /ASCII/, 0],
    ['[z-a]', /range/, 0],
    ['[A-z]', /range/, 0],
    ['[a/b]', /slash/, 0],
    ['@(a|b)', /not understood/, 0],
    ['!(a)', /not negated/, 0],
    ['x.\u200benv', /invisible/, 2],
    ['x\u202eenv', /reading direction/, 1],
    ['x\u0000', /control/, 1],
    ['\ufeffx', /invisible|space/, 0],
    ['.\u0435nv', /another script/, 1],
    ['\uff0eenv', /full stop/, 0],
    ['a\u2215b', /slash/, 1],
    ['\u2217.pem', /asterisk/, 0],
    ['id_rsa\u2011x', /hyphen/, 6],
    ['\uff45nv', /wide form/, 0],
    ['x\ud800', /half a character/, 1],
    ['a\u00a0b', /space/, 1],
    ['a'.repeat(1025), /longer than 1024/, 0],
    ['**/'.repeat(9) + 'a', /\*\*/, 0],
    ['{a,b}'.repeat(9), /alternatives/, 0],
    ['*a'.repeat(33), /wildcards/, 0],
    ['{'.repeat(9) + 'a', /deep/, 8],
  ];
  for (const [source, message, at] of rows) {
    test(JSON.stringify(source.slice(0, 30)), () => {
      const read = readPattern(source);
      assert.equal(read.kind, 'invalid');
      if (read.kind !== 'invalid') return;
      assert.match(read.message, message);
      assert.equal(read.at, at);
      assert.ok(read.at + read.length <= Math.max(1, source.length) + 1);
    });
  }

  test('ordinary names in other scripts are fine', () => {
    for (const source of ['тест/', 'données/*.csv', '秘密/', 'Ελλάδα', 'ışık.txt', 'Tシャツ.md', 'über-uns'])
      pattern(source);
  });
});

test('an exception matches the file itself, and what is inside only where it is written as a folder', () => {
  const excepts = (source: string, path: string): boolean =>
    pattern(source).globs.some((glob) => exactMatch(glob)(fold(path)));
  assert.ok(excepts('*.pub', 'id.pub'));
  assert.ok(!excepts('*.pub', 'x.pub/id_rsa'));
  assert.ok(excepts('docs/', 'docs/a/b'));
  assert.ok(excepts('docs/**', 'docs/a/b'));
  assert.ok(!excepts('docs', 'docs/a'));
  assert.ok(!excepts('stra?e', 'stra\u00dfe'));
});

test('the table of globs finds exactly what trying each glob would find', () => {
  const name = fc.stringMatching(/^[ab.é]{1,4}$/).filter((text) => text !== '.' && text !== '..');
  const piece = fc.oneof(
    name,
    fc.constantFrom('*', '*.b', 'a*', 'ab.*', '*.a.b', '?', '**', '[ab]', '[ab]*.b', 'aba*b'),
  );
  const source = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('/'));
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
  // Several paths, because a folder that was met before is remembered.
  const paths = fc
    .tuple(path, fc.array(name, { maxLength: 3 }))
    .map(([first, more]) => [first, ...more.map((last) => `${first.replace(/[^/]*$/, '')}${last}`), `${first}/a`]);
  fc.assert(
    fc.property(fc.array(source, { minLength: 1, maxLength: 12 }), paths, (sources, candidates) => {
      const patterns = sources.flatMap((one) => {
        const read = readPattern(one);
        return read.kind === 'pattern' ? [read.pattern] : [];
      });
      const index = indexGlobs(patterns.flatMap((one) => one.globs.map((glob) => ({ glob, value: one.source }))));
      for (const candidate of candidates) {
        const found = new Set(index(fold(candidate)));
        for (const one of patterns)
          assert.equal(found.has(one.source), reference(one.source, candidate), `${one.source} on ${candidate}`);
      }
    }),
    { numRuns: 2000 },
  );
});

/** The same meaning by another road: one regular expression per pattern, for sources without braces. */
function reference(source: string, path: string): boolean {
  const anchored = source.replace(/\/$/, '').includes('/');
  const body = source
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/(?:\/\*\*)+$/, '');
  const segments = body.split('/').map((segment) => (segment === '**' ? segment : segmentPattern(segment)));
  let text = anchored ? '' : '(?:[^/]+/)*';
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '**') text += last ? '.+' : '(?:[^/]+/)*';
    else text += segment + (last ? '' : '/');
  }
  return new RegExp(`^${text}(?:/.*)?$`, 'iu').test(path.normalize('NFC'));
}

function segmentPattern(segment: string): string {
  return segment.replace(/[.*?]/g, (character) => ({ '.': '\\.', '*': '[^/]*', '?': '[^/]' })[character] ?? character);
}

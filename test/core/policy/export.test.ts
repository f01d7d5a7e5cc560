import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cloudServices } from '../../../src/core/policy/cloudHosts.ts';
import { blockListFormats, exportBlockList, type BlockListFormat } from '../../../src/core/policy/exportBlockList.ts';
import { exportIgnore } from '../../../src/core/policy/exportIgnore.ts';
import { readImported } from '../../../src/core/policy/imported.ts';
import { compiled, decided, parsed, source } from './fixture.ts';

const atRoot = { name: '.cursorignore', root: true };

describe('a policy written out as an ignore file', () => {
  const fields = {
    reach: 'cloud',
    rules: [
      {
        id: 'pay',
        files: ['src/pay/', '*.{sql,csv}', '#x', '[!].md'.replace('[!]', '[{]')],
        reach: 'device',
        reason: 'for us',
      },
      { id: 'open', files: ['docs/'], reach: 'cloud' },
    ],
  };
  const text = exportIgnore(parsed(fields), atRoot);

  test('says in the other dialect what stays', () => {
    const lines = text.split('\n');
    assert.ok(
      ['# pay: for us', '/src/pay', '*.sql', '*.csv', '\\#x', '[{].md'].every((line) => lines.includes(line)),
      text,
    );
    assert.ok(!text.includes('docs'));
    assert.match(lines[1] ?? '', /no boundary/);
  });

  test('has the built-in rules at the root only, with the templates let through', () => {
    const match = (file: string): boolean => readImported({ name: '.cursorignore', text }).match(file) !== undefined;
    assert.deepEqual(
      ['.env', 'a/.env.local', '.env.example', 'secrets/.env.example', 'x.pem', 'README.md'].map(match),
      [true, true, false, true, true, false],
    );
    assert.ok(!exportIgnore(parsed(fields, 'nested'), { ...atRoot, root: false }).includes('.env'));
  });

  test('excludes everything where nothing may go to the cloud', () => {
    assert.ok(readImported({ name: '.x', text: exportIgnore(parsed({}), atRoot) }).match('a.ts'));
  });

  test('never lets through what the policy keeps from the cloud', () => {
    const name = fc.constantFrom('a', 'b', 'c.ts', '.env', 'k.pem', 'x', '.env.example', 'secrets');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const pattern = fc.oneof(
      path,
      path.map((one) => `/${one}/`),
      fc.constantFrom('*', '**', '*.ts', 'a/**', '**/b', 'a/*/x', '{a,/b}/x', '[ab]', '?', 'x/**/a'),
    );
    const rule = fc.record({
      files: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      reach: fc.constantFrom('none', 'device', 'perimeter', 'cloud'),
    });
    const exception = fc.record({ of: fc.nat(2), files: fc.array(pattern, { minLength: 1, maxLength: 2 }) });
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 3, maxLength: 4 }),
        fc.array(exception, { maxLength: 2 }),
        path,
        (rules, exceptions, file) => {
          const random = {
            reach: 'cloud',
            rules: rules.map((one, index) => ({ id: `r${index}`, ...one })),
            exceptions: exceptions.map(({ of, files }, index) => ({
              id: `e${index}`,
              of: `r${of}`,
              files,
              reason: 'r',
              expires: 'never',
            })),
          };
          const written = readImported({ name: '.x', text: exportIgnore(parsed(random), atRoot) });
          if (decided(compiled([source(random)]), file).reach !== 'cloud')
            assert.ok(written.match(file), `${file}\n${exportIgnore(parsed(random), atRoot)}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a list of closed hosts', () => {
  const textOf = (format: BlockListFormat, allow: readonly string[] = []): string =>
    exportBlockList(format, { allow })
      .map(({ text }) => text)
      .join('\n');

  test('holds every known service in every format', () => {
    for (const format of blockListFormats) {
      const text = textOf(format);
      for (const host of ['api.openai.com', 'openrouter.ai', 'ollama.com', 'generativelanguage.googleapis.com'])
        assert.ok(text.includes(host), `${format} ${host}`);
    }
  });

  test('leaves open what the policy allows, also below a wildcard', () => {
    for (const format of blockListFormats) {
      const text = textOf(format, ['OpenRouter.ai', 'eu.api.openai.com']);
      assert.ok(!/openrouter\.ai/.test(text), format);
      assert.ok(!/[./ *']api\.openai\.com/.test(text), format);
      assert.ok(text.includes('api.anthropic.com'), format);
    }
  });

  test('is in the form that each gatekeeper reads', () => {
    assert.match(textOf('hosts'), /^0\.0\.0\.0 api\.openai\.com\n:: api\.openai\.com$/m);
    assert.match(textOf('squid'), /^acl ringfence_cloud dstdomain \.openai\.azure\.com$/m);
    assert.match(textOf('squid'), /^http_access deny ringfence_cloud$/m);
    assert.match(textOf('nftables'), /^nftset=\/api\.mistral\.ai\/4#inet#ringfence#cloud4,6#inet#ringfence#cloud6$/m);
    assert.match(textOf('nftables'), /ip6 daddr @cloud6 counter reject/);
    assert.match(textOf('windows-firewall'), /^ {2}'\*\.openai\.azure\.com'$/m);
  });

  test('has no name twice beside a wildcard that holds it, which Squid refuses', () => {
    const names = Array.from(textOf('squid').matchAll(/dstdomain (\S+)/g), ([, name = '']) => name);
    for (const name of names)
      assert.ok(!names.some((other) => other !== name && other.startsWith('.') && `.${name}`.endsWith(other)), name);
  });

  test('is made of plain lower-case host names', () => {
    const hosts = cloudServices.flatMap((service) => service.hosts);
    for (const host of hosts) assert.match(host, /^\.?(?:[a-z0-9-]+\.)+[a-z]+$/);
    assert.equal(new Set(hosts).size, hosts.length);
  });
});

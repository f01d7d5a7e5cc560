import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { listedName, nameSource, pinnedName } from '../../../src/core/zone/cloudName.ts';

describe('nameSource', () => {
  for (const [name, source] of [
    ['gpt-oss:20b-cloud', 'cloud'],
    ['gpt-oss:20b:cloud', 'cloud'],
    ['kimi:cloud', 'cloud'],
    ['kimi:CLOUD', 'cloud'],
    ['kimi:20b-Cloud', 'cloud'],
    ['kimi:cloud ', 'cloud'],
    ['kimi: cloud', 'cloud'],
    ['kimi:cloud\u0085', 'cloud'],
    ['acme/kimi:-cloud', 'cloud'],
    ['registry.example.com:5000/acme/kimi:cloud', 'cloud'],
    ['foo:local', 'local'],
    ['foo:1b:LOCAL', 'local'],
    ['my-cloud-model', 'open'],
    ['kimi-cloud', 'open'],
    ['cloud', 'open'],
    ['kimi:cloudy', 'open'],
    ['kimi:cloud-7b', 'open'],
    ['registry.example.com:5000/kimi-cloud', 'open'],
    ['qwen2.5-coder:1.5b', 'open'],
  ] as const)
    it(`reads ${JSON.stringify(name)} as ${source}`, () => assert.equal(nameSource(name), source));
});

describe('pinnedName', () => {
  for (const [name, pinned] of [
    ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b:local'],
    ['qwen', 'qwen:latest:local'],
    [' qwen ', 'qwen:latest:local'],
    ['host:5000/acme/qwen', 'host:5000/acme/qwen:latest:local'],
    ['qwen:local', 'qwen:local'],
    ['kimi:cloud', 'kimi:cloud'],
  ] as const)
    it(`pins ${name} as ${pinned}`, () => assert.equal(pinnedName(name), pinned));

  it('never leaves an open name that a server could send away', () =>
    fc.assert(
      fc.property(fc.string(), (name) => nameSource(name) !== 'open' || nameSource(pinnedName(name)) === 'local'),
    ));
});

describe('listedName', () => {
  for (const [name, listed] of [
    ['qwen', 'qwen:latest'],
    ['qwen:1b', 'qwen:1b'],
    ['qwen:1b:local', 'qwen:1b'],
    ['qwen:local', 'qwen:latest'],
    ['host:5000/qwen', 'host:5000/qwen:latest'],
  ] as const)
    it(`finds ${name} as ${listed}`, () => assert.equal(listedName(name), listed));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIndexValues, indexLimits } from '../../src/assistant/indexValues.ts';
import { labelled, type Label } from '../../src/core/label/labelled.ts';
import type { Resource } from '../../src/core/label/resource.ts';
import { createValueIndex } from '../../src/core/scan/valueIndex.ts';
import { createValueHash } from '../../src/node/valueHash.ts';

const never = new AbortController().signal;
const secret = (name: string): string => `CANARY_${name}_9f3kd82hQzX`;

/** A workspace in memory; everything below `held/` and each `.env` is held back. */
function world(files: Record<string, string>) {
  const index = createValueIndex(createValueHash());
  const labels: Label[] = [];
  const held = { pattern: /\/held\/|\/\.env$/ };
  const values = createIndexValues({
    index,
    files: async function* () {
      yield* Object.keys(files).map((name) => `file:///w/${name}`);
    },
    identify: async (uri) => ({ uri, display: uri.slice('file:///w/'.length), names: [] }) satisfies Resource,
    policy: {
      decide: (provenance) => {
        const rule = { layer: 'workspace', id: 'r', pattern: 'held', reach: 'device' } as const;
        const uri = provenance.kind === 'file' ? provenance.resource.uri : '';
        const rules = held.pattern.test(uri) ? [rule] : [];
        return { reach: rules.length > 0 ? 'device' : 'perimeter', rules, declassify: 'never' };
      },
    },
    read: async (uri, label) => {
      labels.push(label);
      const text = files[uri.slice('file:///w/'.length)];
      return text === undefined ? undefined : labelled(text, label);
    },
    pause: async () => undefined,
  });
  const finds = (name: string): boolean => index.find(`it is ${secret(name)} I think`).length > 0;
  return { values, index, files, labels, held, finds };
}

describe('the index of sensitive values', () => {
  it('takes values from files that a rule holds back, and from no others', async () => {
    const { values, finds, labels, index } = world({
      '.env': `A_KEY=${secret('env')}`,
      'held/data.yaml': `token: ${secret('yaml')}`,
      'open/data.yaml': `token: ${secret('open')}`,
      'held/code.ts': `const token = '${secret('code')}';`,
    });
    const indexed = await values.all(never);
    assert.deepEqual([indexed.files, indexed.complete], [2, true]);
    assert.deepEqual(['env', 'yaml', 'open', 'code'].map(finds), [true, true, false, false]);
    assert.ok(labels.every(({ reach, origins }) => reach === 'device' && origins[0]?.rules[0]?.id === 'r'));
    assert.equal(index.find(secret('env'))[0]?.title, 'value from .env');
  });

  it('forgets what is no longer held, changed, or gone', async () => {
    const { values, finds, files, held } = world({
      '.env': `A_KEY=${secret('old')}`,
      'held/a.yaml': `token: ${secret('a')}`,
      'held/b.yaml': `token: ${secret('b')}`,
    });
    await values.all(never);
    files['.env'] = `A_KEY=${secret('new')}`;
    await values.look('file:///w/.env');
    assert.deepEqual(['old', 'new', 'a', 'b'].map(finds), [false, true, true, true]);
    values.forget('file:///w/held');
    assert.deepEqual(['a', 'b'].map(finds), [false, false]);
    held.pattern = /nothing/;
    await values.all(never);
    assert.equal(finds('new'), false);
  });

  it('forgets a file that vanished without a word', async () => {
    const { values, finds, files } = world({ '.env': `A_KEY=${secret('env')}` });
    await values.all(never);
    delete files['.env'];
    await values.all(never);
    assert.equal(finds('env'), false);
  });

  it('takes a file in that came to be held', async () => {
    const { values, finds, held } = world({ 'open/data.yaml': `token: ${secret('open')}` });
    await values.all(never);
    held.pattern = /open/;
    await values.look('file:///w/open/data.yaml');
    assert.ok(finds('open'));
  });

  it('says when there were too many', async () => {
    const many = Object.fromEntries(
      Array.from({ length: indexLimits.files + 1 }, (_, at) => [`held/${at}.yaml`, `token: ${secret(String(at))}`]),
    );
    const indexed = await world(many).values.all(never);
    assert.deepEqual([indexed.files, indexed.complete], [indexLimits.files, false]);
  });

  it('stops when told to, and keeps what it found', async () => {
    const { values, finds } = world({ '.env': `A_KEY=${secret('env')}`, 'held/a.yaml': `token: ${secret('a')}` });
    await values.all(never);
    const stopped = await values.all(AbortSignal.abort());
    assert.equal(stopped.complete, false);
    assert.deepEqual(['env', 'a'].map(finds), [true, true]);
  });
});

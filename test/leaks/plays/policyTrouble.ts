import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Play } from '../play.ts';
import { expectClosed, expectNowhere, expectOpen } from '../stage/expect.ts';
import type { Stage } from '../stage/stage.ts';

const policyName = '.ringfence.jsonc';
const laxPolicy = '{"version":1,"reach":"cloud","rules":[]}';

/** Texts that are no valid policy, by vector. */
const broken: Readonly<Record<number, readonly string[]>> = {
  145: [
    '{"version":1,"reach":"cloud",',
    '{"version":1,"reach":"cloud"} trailing',
    '\uFEFF{"version":1,"reach":"cloud"}',
    '{"version":1,"reach":"device","reach":"cloud"}',
    '{"version":1,"reach":"cloud","rules":[{"id":"a","files":["x"],"reach":"none"},{"id":"a","files":["y"],"reach":"none"}]}',
    '\0',
    'reach: cloud',
  ],
  146: [
    '{"version":1,"reach":"cloud","sensitve":[]}',
    '{"version":2,"reach":"cloud"}',
    '{"version":"1","reach":"cloud"}',
    '{"reach":"cloud"}',
    '{"version":1,"reach":"Cloud"}',
    '{"version":1,"reach":"cloud","rules":[{"id":"a","files":["x"],"reach":"local"}]}',
    '{"version":1,"reach":"cloud","rules":[{"id":"a","files":"x","reach":"device"}]}',
  ],
  153: [
    '{"version":1,"reach":"cloud","__proto__":{"reach":"cloud"}}',
    '{"version":1,"reach":"cloud","constructor":{}}',
    '{"version":1,"reach":"cloud","rules":[{"id":"__proto__","files":["x"],"reach":"device","toString":1}]}',
    `{"version":1,"reach":"cloud","x-a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  ],
  159: ['{"version":1,"reach":"cloud","minVersion":"99.0.0"}', '{"version":3}'],
};

/** What may stand in the place of a policy file and be none. */
const unreadable: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a folder': ({ workspace }) => mkdir(workspace.at(policyName)),
  'too large': ({ workspace }) => workspace.write(policyName, `${' '.repeat(300_000)}${laxPolicy}`),
  'a link to a folder': ({ workspace }) => workspace.link('src', policyName),
  'not UTF-8': ({ workspace }) => workspace.write(policyName, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  'UTF-16': ({ workspace }) => workspace.write(policyName, Buffer.from(`\uFEFF${laxPolicy}`, 'utf16le')),
};

/** Policies that cannot be obeyed: everything beyond the machine closes, and what was known before still holds. */
export const policyTrouble: readonly Play[] = [
  ...Object.entries(broken).flatMap(([vector, texts]) =>
    texts.map((text): Play => ({
      vector: Number(vector),
      how: JSON.stringify(text.slice(0, 60)),
      run: async (stage) => {
        await expectOpen(stage);
        await stage.workspace.write(policyName, text);
        await stage.noticed();
        assert.equal(stage.policy.current().kind, 'invalid');
        await expectClosed(stage, 'cloud', 'policy-invalid');
        await expectNowhere(stage, 'held/k.ts');
      },
    })),
  ),
  ...Object.entries(unreadable).map(([how, spoil]): Play => ({
    vector: 148,
    how,
    run: async (stage) => {
      await expectOpen(stage);
      await stage.workspace.remove(policyName);
      await spoil(stage);
      await stage.noticed();
      await expectClosed(stage, 'cloud', 'policy-invalid');
      await expectNowhere(stage, 'held/k.ts');
    },
  })),
];

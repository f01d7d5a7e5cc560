import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayDeclassify, type DecideOrigin } from '../../../src/core/declassify/mayDeclassify.ts';
import { labelOf, unlabelled, type Origin } from '../../../src/core/label/labelled.ts';
import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import type { PolicyLayer } from '../../../src/core/policy/ruleRef.ts';

const lets: DecideOrigin = () => ({ reach: 'device', declassify: 'confirm' });

function origin(path: string, reach: Reach = 'device', layer: PolicyLayer = 'workspace'): Origin {
  const resource = { uri: `file:///w/${path}`, display: path, names: [{ kind: 'path', path } as const] };
  return {
    provenance: { kind: 'file', resource },
    reach,
    rules: reach === 'cloud' ? [] : [{ layer, id: 'r', pattern: path, reach }],
  };
}

test('a text under a rule that lets the user decide may be declassified', () => {
  assert.equal(mayDeclassify(labelOf([origin('a.ts')]), 'cloud', lets), true);
  assert.equal(mayDeclassify(labelOf([origin('a.ts')]), 'perimeter', lets), true);
});

test('a text that may go there anyway needs no leave', () => {
  assert.equal(mayDeclassify(labelOf([origin('a.ts', 'cloud')]), 'cloud', lets), false);
  assert.equal(mayDeclassify(labelOf([origin('a.ts')]), 'device', lets), false);
});

test('one origin that the policy does not let the user decide about keeps the whole text', () => {
  const label = labelOf([origin('a.ts'), origin('b.ts')]);
  const decide = (provenance: Provenance): ReturnType<DecideOrigin> => ({
    reach: 'device',
    declassify: provenance.kind === 'file' && provenance.resource.display === 'b.ts' ? 'never' : 'confirm',
  });
  assert.equal(mayDeclassify(label, 'cloud', decide), false);
});

test('an origin that does not hold the text back has no say', () => {
  const label = labelOf([origin('a.ts'), origin('open.ts', 'cloud')]);
  const decide = (provenance: Provenance): ReturnType<DecideOrigin> =>
    provenance.kind === 'file' && provenance.resource.display === 'open.ts'
      ? { reach: 'cloud', declassify: 'never' }
      : { reach: 'device', declassify: 'confirm' };
  assert.equal(mayDeclassify(label, 'cloud', decide), true);
});

for (const [what, label, decide] of [
  ['what lost its label', unlabelled, lets],
  ['what is for no model at all', labelOf([origin('a.ts', 'none')]), lets],
  ['what was read under a built-in rule', labelOf([origin('.env', 'device', 'built-in')]), lets],
  ['what is in doubt', labelOf([origin('a.ts')]), () => ({ reach: 'device', declassify: 'confirm', doubt: 'Why?' })],
  [
    'what a rule since keeps from all models',
    labelOf([origin('a.ts')]),
    () => ({ reach: 'none', declassify: 'confirm' }),
  ],
  ['what a rule now keeps', labelOf([origin('a.ts')]), () => ({ reach: 'device', declassify: 'never' })],
  ['what the policy says nothing of', labelOf([origin('a.ts')]), () => ({ reach: 'device' })],
] as const satisfies readonly (readonly [string, ReturnType<typeof labelOf>, DecideOrigin])[])
  test(`${what} is never declassified`, () => assert.equal(mayDeclassify(label, 'cloud', decide), false));

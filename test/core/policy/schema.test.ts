import assert from 'node:assert/strict';
import { test } from 'node:test';
import schema from '../../../media/policy.schema.json' with { type: 'json' };
import { reaches } from '../../../src/core/label/reach.ts';
import { declassifies } from '../../../src/core/policy/declassify.ts';
import { parsePolicy, policyKeys } from '../../../src/core/policy/parse.ts';
import { exceptionKeys, ruleKeys, ruleLimits } from '../../../src/core/policy/parseRules.ts';
import { settingKeys } from '../../../src/core/policy/parseSettings.ts';
import { patternLimits } from '../../../src/core/policy/pattern.ts';
import {
  acceptances,
  defaultSettings,
  ledgerIdentities,
  outageRules,
  scanActions,
} from '../../../src/core/policy/settings.ts';

const { properties, definitions } = schema;

test('the schema knows the keys that the parser knows', () => {
  assert.deepEqual(Object.keys(properties).toSorted(), [...policyKeys.root].toSorted());
  assert.deepEqual(Object.keys(definitions.rule.properties).toSorted(), [...ruleKeys].toSorted());
  assert.deepEqual(Object.keys(definitions.exception.properties).toSorted(), [...exceptionKeys].toSorted());
  for (const section of ['unlabelled', 'cloud', 'scan', 'ledger', 'local'] as const) {
    assert.deepEqual(Object.keys(properties[section].properties).toSorted(), [...settingKeys[section]].toSorted());
  }
});

test('the schema offers the words that the parser takes', () => {
  assert.deepEqual(definitions.reach.enum, [...reaches]);
  assert.deepEqual(definitions.scanAction.enum, [...scanActions]);
  assert.deepEqual(definitions.rule.properties.declassify.enum, [...declassifies]);
  assert.deepEqual(properties.cloud.properties.dataCollection.enum.toSorted(), acceptances.toSorted());
  assert.deepEqual(properties.cloud.properties.retention.enum.toSorted(), acceptances.toSorted());
  assert.deepEqual(properties.cloud.properties.onOutage.enum.toSorted(), outageRules.toSorted());
  assert.deepEqual(properties.ledger.properties.identity.enum, [...ledgerIdentities]);
});

test('the schema has the limits that the parser has', () => {
  assert.equal(properties.rules.maxItems, ruleLimits.rules);
  assert.equal(definitions.files.maxItems, ruleLimits.patterns);
  assert.equal(definitions.pattern.maxLength, patternLimits.characters);
  assert.equal(definitions.id.maxLength, ruleLimits.id);
  assert.equal(definitions.reason.maxLength, ruleLimits.reason);
});

test('the defaults that the schema tells are those that hold', () => {
  for (const key of settingKeys.unlabelled)
    assert.equal(properties.unlabelled.properties[key].default, defaultSettings.unlabelled[key]);
  for (const key of settingKeys.scan) assert.equal(properties.scan.properties[key].default, defaultSettings.scan[key]);
  const { dataCollection, retention, onOutage } = properties.cloud.properties;
  assert.deepEqual(
    [dataCollection.default, retention.default, onOutage.default],
    [defaultSettings.cloud.dataCollection, defaultSettings.cloud.retention, defaultSettings.cloud.onOutage],
  );
  assert.equal(properties.ledger.properties.required.default, defaultSettings.ledger.required);
  assert.equal(properties.ledger.properties.identity.default, defaultSettings.ledger.identity);
  assert.equal(
    properties.local.properties.requireOllamaCloudDisabled.default,
    defaultSettings.local.requireOllamaCloudDisabled,
  );
});

test('what the parser requires is required, and every list of words is explained', () => {
  for (const key of definitions.exception.required) {
    const exception: Record<string, unknown> = { id: 'e', of: 'reach', files: ['a'], reason: 'r', expires: 'never' };
    assert.equal(parsePolicy(JSON.stringify({ version: 1, exceptions: [exception] })).kind, 'policy');
    delete exception[key];
    assert.equal(parsePolicy(JSON.stringify({ version: 1, exceptions: [exception] })).kind, 'invalid', key);
  }
  for (const { enum: words, enumDescriptions } of [
    definitions.reach,
    definitions.scanAction,
    properties.cloud.properties.onOutage,
  ]) {
    assert.equal(enumDescriptions.length, words.length);
  }
});

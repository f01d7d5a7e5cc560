import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelled, unlabelled } from '../../../src/core/label/labelled.ts';
import { extractValues } from '../../../src/core/scan/extractValues.ts';
import { scanText } from '../../../src/core/scan/scanText.ts';
import { createValueIndex } from '../../../src/core/scan/valueIndex.ts';
import { createValueHash } from '../../../src/node/valueHash.ts';
import { hostileTexts } from './hostileTexts.ts';
import { processorTime } from '../../support/processorTime.ts';

test('no text of 50 KB keeps the scan busy for long', () => {
  const values = createValueIndex(createValueHash());
  for (const [name, text] of hostileTexts(400)) values.put(name, name, labelled(`password=${text}`, unlabelled));
  for (const [name, text] of hostileTexts(50_000)) {
    const { took } = processorTime(() => scanText(text, { secrets: true, personal: true, values }));
    assert.ok(took < 300, `${name}: ${took.toFixed(0)} ms`);
  }
});

test('no sensitive file of 50 KB keeps the extraction busy for long', () => {
  for (const [name, text] of hostileTexts(50_000)) {
    for (const file of ['.env', 'secrets.json']) {
      const { took } = processorTime(() => extractValues(text, file));
      assert.ok(took < 300, `${name} as ${file}: ${took.toFixed(0)} ms`);
    }
  }
});

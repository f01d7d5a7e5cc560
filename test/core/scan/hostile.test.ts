import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelled, unlabelled } from '../../../src/core/label/labelled.ts';
import { extractValues } from '../../../src/core/scan/extractValues.ts';
import { scanText } from '../../../src/core/scan/scanText.ts';
import { createValueIndex } from '../../../src/core/scan/valueIndex.ts';
import { createValueHash } from '../../../src/node/valueHash.ts';
import { hostileTexts } from './hostileTexts.ts';

/** CPU time, so that a busy machine fails nothing. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('no text of 50 KB keeps the scan busy for long', () => {
  const values = createValueIndex(createValueHash());
  for (const [name, text] of hostileTexts(400)) values.put(name, name, labelled(`password=${text}`, unlabelled));
  for (const [name, text] of hostileTexts(50_000)) {
    const ms = cpuMs(() => void scanText(text, { secrets: true, personal: true, values }));
    assert.ok(ms < 300, `${name}: ${ms.toFixed(0)} ms`);
  }
});

test('no sensitive file of 50 KB keeps the extraction busy for long', () => {
  for (const [name, text] of hostileTexts(50_000)) {
    for (const file of ['.env', 'secrets.json']) {
      const ms = cpuMs(() => void extractValues(text, file));
      assert.ok(ms < 300, `${name} as ${file}: ${ms.toFixed(0)} ms`);
    }
  }
});

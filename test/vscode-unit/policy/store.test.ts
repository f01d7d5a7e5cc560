import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { createPolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { createPolicyStore } from '../../../src/vscode/policy/store.ts';

describe('the policy of a window', () => {
  it('is ready once files were read, also where another reading has overtaken the first', async () => {
    const readings: (() => void)[] = [];
    const readAll = (): Promise<readonly PolicyDocument[]> =>
      new Promise((resolve) => readings.push(() => resolve([])));
    const store = createPolicyStore(
      createPolicyKeeper({
        reader: { readAll, readAgain: async () => [] },
        acknowledged: { read: async () => [], write: async () => undefined },
        folders: () => ['file:///w'],
        trusted: () => true,
        today: () => '2026-11-20',
        productVersion: '0.1.0',
        digest: (text) => text,
      }),
    );
    let ready = false;
    void store.ready.then(() => (ready = true));
    const second = store.reload();
    readings[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ready, false);
    assert.equal(store.current().kind, 'loading');
    readings[1]?.();
    await second;
    await store.ready;
    assert.equal(store.current().kind, 'none');
    store.dispose();
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBatteryWatch } from '../../src/assistant/batteryWatch.ts';

describe('the watch over the battery', () => {
  it('asks at most once a minute and says what it was told last', async () => {
    let now = 0;
    let asked = 0;
    let answer: Promise<boolean> = Promise.resolve(true);
    const onBattery = createBatteryWatch({ now: () => now, ask: () => ((asked += 1), answer) });
    assert.equal(onBattery(), false);
    await answer;
    assert.deepEqual([onBattery(), asked], [true, 1]);
    now = 60_000;
    answer = Promise.reject(new Error('unreadable'));
    assert.deepEqual([onBattery(), asked], [true, 2]);
    await answer.catch(() => undefined);
    await Promise.resolve();
    assert.equal(onBattery(), false);
  });
});

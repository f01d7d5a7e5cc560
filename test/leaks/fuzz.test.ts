import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzz } from './fuzz/fuzz.ts';

it('no random session leaks, and what may leave does', async () => {
  const { leaks, arrivals, beyond } = await fuzz({ sessions: 250, seed: 20_261_121 });
  assert.deepEqual(leaks, []);
  for (const [zone, count] of Object.entries(arrivals)) assert.ok(count >= 40, `only ${count} arrivals in ${zone}`);
  for (const [way, count] of Object.entries(beyond)) assert.ok(count >= 5, `only ${count} ${way}`);
});

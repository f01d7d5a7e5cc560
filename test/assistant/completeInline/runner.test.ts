import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job, JobEnd } from '../../../src/assistant/completeInline/job.ts';
import { createRunner } from '../../../src/assistant/completeInline/runner.ts';
import { at } from '../../support/cursor.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';
import { createWorld } from './world.ts';

describe('the queue of one model', () => {
  it('lets the newest job wait for the one that runs, and forgets the one that waited before', async () => {
    const play = start();
    for (const id of [1, 2, 3]) play.runner.submit(jobOf(id));
    assert.deepEqual(
      [1, 2, 3].map((id) => play.runner.has(id)),
      [true, false, true],
    );
    await play.clock.advanceTo(1_000);
    assert.deepEqual(play.served, [1, 3]);
  });
  it('never has two jobs at the server, however late that one notices an abort', async () => {
    const play = start({ answerMs: 400, noticesMs: 1_000 });
    for (let key = 1; key <= 1_000; key++) {
      if (key % 3 === 0) play.runner.stop();
      play.runner.submit(jobOf(key));
      await play.clock.advanceTo(play.clock.now() + 30);
    }
    await play.clock.advanceTo(play.clock.now() + 3_000);
    assert.equal(play.most(), 1);
    assert.ok(play.served.length >= 25, `${play.served.length} jobs`);
    assert.equal(play.served.at(-1), 1_000);
  });
  it('does not end a job for which a model is being loaded', async () => {
    const play = start();
    const [loading, quick] = [jobOf(1), jobOf(2)];
    loading.asking = { model: { backend: 'local', model: 'm' }, zone: 'device', since: 0, loading: true };
    play.runner.submit(loading);
    play.runner.stop();
    assert.equal(loading.abort.signal.aborted, false);
    assert.equal(play.runner.current(), loading);
    await play.clock.advanceTo(1_000);
    play.runner.submit(quick);
    play.runner.stop();
    assert.equal(quick.abort.signal.aborted, true);
    assert.equal(play.runner.current(), undefined);
  });
  it('is empty in the end: nothing starts after it', async () => {
    const play = start();
    play.runner.submit(jobOf(1));
    play.runner.submit(jobOf(2));
    play.runner.abandon();
    await play.clock.advanceTo(5_000);
    assert.deepEqual(play.served, [1]);
  });
});

describe('a question that another one follows', () => {
  it('is answered with nothing at once, whether its request ran or waited', async () => {
    const world = createWorld({ local: { answer: () => 'one();', ttft: 500 } });
    const asked = ['a', 'xb', 'yc'].map((typed) =>
      world.completion.suggest(world.ask(`${typed}();\n█\n`), new AbortController().signal),
    );
    await world.clock.advanceTo(5);
    assert.deepEqual(await Promise.all(asked.slice(0, 2)), [undefined, undefined]);
    await world.clock.advanceTo(5_000);
    assert.equal((await asked[2])?.text, 'one();');
  });
});

function jobOf(id: number): Job {
  return {
    id,
    standInId: 0,
    intent: 'completion',
    spot: at('█'),
    lines: 'single',
    explicit: false,
    temperature: 0,
    abort: new AbortController(),
  };
}

/** A runner over a server that answers after a while, and after an abort only when it looks whether there was one. */
function start({ answerMs = 100, noticesMs = 0 } = {}) {
  const clock = createVirtualClock();
  const never = new AbortController().signal;
  const served: number[] = [];
  let running = 0;
  let most = 0;
  const serve = async ({ id, abort }: Job): Promise<JobEnd> => {
    served.push(id);
    most = Math.max(most, ++running);
    await clock.delay(answerMs, abort.signal);
    if (abort.signal.aborted) await clock.delay(noticesMs, never);
    running -= 1;
    return abort.signal.aborted ? 'aborted' : 'served';
  };
  const runner = createRunner({ serve }, { begun: () => undefined, heard: () => undefined, ended: () => undefined });
  return { clock, runner, served, most: () => most };
}

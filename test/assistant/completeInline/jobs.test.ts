import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createJobs } from '../../../src/assistant/completeInline/jobs.ts';
import { createPatience } from '../../../src/assistant/completeInline/patience.ts';
import type { InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import { createShelf } from '../../../src/assistant/completeInline/shelf.ts';
import { at } from '../../support/cursor.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';

describe('who waits for a job', () => {
  it('is told at its end whether it was served', async () => {
    const { jobs, clock, submit } = start();
    const [first, second] = [submit(), submit()];
    const ends = Promise.all([jobs.over(first), jobs.over(second)]);
    await clock.advanceTo(1_000);
    assert.deepEqual(await ends, [true, true]);
    assert.equal(await jobs.over(second), true);
  });
  it('is told at once that a newer one has taken its turn', async () => {
    const { jobs, submit } = start();
    submit();
    const end = jobs.over(submit());
    submit();
    assert.equal(await end, false);
  });
  it('is told at once where all jobs are abandoned', async () => {
    const { jobs, clock, submit } = start();
    const ends = [submit(), submit()].map((id) => jobs.over(id));
    jobs.abandon();
    assert.equal(await ends[1], false);
    await clock.advanceTo(1);
    assert.equal(await ends[0], false);
  });
});

/** Jobs that are served one by one, each after 100 ms. */
function start() {
  const clock = createVirtualClock();
  const settings = (): InlineSettings => ({
    models: [{ backend: 'local', model: 'm' }],
    trigger: 'automatic',
    delay: 'adaptive',
    lines: 'auto',
    maxLines: 12,
    contextLength: 8_192,
    warm: false,
    templateFor: () => undefined,
  });
  const jobs = createJobs(
    { settings },
    {
      dispatch: {
        serve: async ({ abort }) => {
          await clock.delay(100, abort.signal);
          return abort.signal.aborted ? 'aborted' : 'served';
        },
        fillIn: () => Promise.resolve(),
      },
      shelf: createShelf({ clock, settings, patience: createPatience(clock) }),
      changed: () => undefined,
    },
  );
  const submit = (): number => {
    const job = jobs.make('completion', { spot: at('call(█'), explicit: false });
    jobs.submit(job);
    return job.id;
  };
  return { jobs, clock, submit };
}

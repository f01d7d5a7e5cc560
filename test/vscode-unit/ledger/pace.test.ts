import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { Pace } from '../../../src/core/audit/takeFiles.ts';
import { besideOthers } from '../../../src/vscode/ledger/pace.ts';
import { prompts } from '../../support/vscode.ts';

const never = new AbortController().signal;

describe('a work on the ledger beside others', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    prompts.reset();
  });
  afterEach(() => mock.timers.reset());

  it('gives what comes of it and shows nothing where that takes no moment', async () => {
    assert.equal(await besideOthers('Reading', async () => 'done', never), 'done');
    mock.timers.tick(5000);
    await settled();
    assert.deepEqual(prompts.progress, []);
  });

  it('tells how far it is once it takes longer, and nothing twice', async () => {
    const work = async ({ pause, progress }: Pace): Promise<string> => {
      for (const done of [0.25, 0.5, 1]) {
        progress?.(done);
        await pause();
      }
      return 'done';
    };
    const working = besideOthers('Reading', work, never);
    for (let second = 0; second < 4; second++) {
      mock.timers.tick(1000);
      await settled();
    }
    assert.equal(await working, 'done');
    assert.deepEqual(prompts.progress.at(-1)?.message, '100 %');
    assert.equal(
      prompts.progress.reduce((sum, { increment = 0 }) => sum + increment, 0),
      100,
    );
  });

  it('ends at the next pause once it is no longer wanted', async () => {
    const ending = new AbortController();
    let pauses = 0;
    const work = async ({ pause }: Pace): Promise<string> => {
      for (; ; pauses++) await pause();
    };
    const working = besideOthers('Reading', work, ending.signal);
    mock.timers.tick(0);
    await settled();
    ending.abort();
    mock.timers.tick(0);
    assert.equal(await working, undefined);
    assert.equal(pauses, 1);
  });

  it('fails with what the work fails with', async () => {
    await assert.rejects(
      besideOthers('Reading', async () => Promise.reject(new Error('EACCES')), never),
      /EACCES/,
    );
  });
});

/** Lets everything happen that waits for no time. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import { lineMode } from '../../core/completion/lineMode.ts';
import type { Spot } from '../../core/completion/spot.ts';
import { beginning, type Suggestion } from '../../core/completion/suggestion.ts';
import type { Dispatch } from './dispatch.ts';
import { madeBy, type Job } from './job.ts';
import type { InlineCompletionPorts } from './ports.ts';
import { createRunner, type Runner } from './runner.ts';
import type { Shelf } from './shelf.ts';

/** Makes jobs, runs one at a time, and puts what comes of them on the shelf. */
export type Jobs = Runner & {
  make(intent: Job['intent'], wish: { readonly spot: Spot; readonly explicit: boolean }, temperature?: number): Job;
  /** Resolves when a job is over: whether it was served. One question a job: a second one answers the first with false. */
  over(id: number): Promise<boolean>;
};

/** `changed` is called whenever there is something new on the shelf, or a job has ended. */
export function createJobs(
  { settings }: Pick<InlineCompletionPorts, 'settings'>,
  { dispatch, shelf, changed }: { readonly dispatch: Dispatch; readonly shelf: Shelf; readonly changed: () => void },
): Jobs {
  const asked = new Map<number, (served: boolean) => void>();
  let lastId = 0;

  const heard = (suggestion: Suggestion): void => {
    shelf.put(suggestion);
    changed();
  };
  const runner = createRunner(dispatch, {
    begun: expect,
    heard,
    ended: ({ id }, end) => {
      asked.get(id)?.(end === 'served');
      asked.delete(id);
      if (end !== 'served') shelf.remove(id);
      changed();
    },
  });
  return {
    ...runner,
    submit: (job) => {
      runner.submit(job);
      settleForgotten();
      const current = runner.current();
      if (current?.asking?.loading && current !== job && job.intent === 'completion') void dispatch.fillIn(job, heard);
    },
    abandon: () => {
      runner.abandon();
      settleForgotten();
    },
    make: (intent, { spot, explicit }, temperature = 0) => ({
      id: ++lastId,
      standInId: ++lastId,
      intent,
      spot,
      explicit,
      temperature,
      lines: lineMode(spot, settings().lines),
      abort: new AbortController(),
    }),
    over: (id) =>
      new Promise((resolve) => {
        asked.get(id)?.(false);
        if (runner.has(id)) asked.set(id, resolve);
        else resolve(true);
      }),
  };

  /** A job that waited and was replaced by a newer one, or abandoned, never runs and never ends. */
  function settleForgotten(): void {
    for (const [id, resolve] of asked) {
      if (runner.has(id)) continue;
      asked.delete(id);
      resolve(false);
    }
  }

  /** From now on the keys that are typed can wait for the answer to this job. */
  function expect(job: Job): void {
    const [wished] = settings().models;
    if (job.intent === 'warm' || !wished) return;
    shelf.put(beginning({ id: job.id, spot: job.spot, made: madeBy(wished, job) }));
  }
}

import { lineMode } from '../../core/completion/lineMode.ts';
import type { Spot } from '../../core/completion/spot.ts';
import { beginning, type Suggestion } from '../../core/completion/suggestion.ts';
import type { Job } from './job.ts';
import type { InlineCompletionPorts } from './ports.ts';
import { createRunner, type Runner } from './runner.ts';
import type { InlineServer } from './serve.ts';
import type { Shelf } from './shelf.ts';

/** Makes jobs, runs one at a time and puts on the shelf what comes of them. */
export type Jobs = Runner & {
  make(intent: Job['intent'], wish: { readonly spot: Spot; readonly explicit: boolean }, temperature?: number): Job;
  /** Whether a job came to a good end; at once for one that is over. */
  over(id: number): Promise<boolean>;
};

/** `changed` is called whenever there is something new on the shelf, or a job has ended. */
export function createJobs(
  { settings }: Pick<InlineCompletionPorts, 'settings'>,
  { server, shelf, changed }: { readonly server: InlineServer; readonly shelf: Shelf; readonly changed: () => void },
): Jobs {
  const waiting = new Map<number, (served: boolean) => void>();
  let lastId = 0;

  const heard = (suggestion: Suggestion): void => {
    shelf.put(suggestion);
    changed();
  };
  const runner = createRunner(server, {
    begun: expect,
    heard,
    ended: ({ id }, end) => {
      waiting.get(id)?.(end === 'served');
      waiting.delete(id);
      if (end !== 'served') shelf.remove(id);
      changed();
    },
  });
  return {
    ...runner,
    submit: (job) => {
      runner.submit(job);
      for (const [id, resolve] of waiting) if (!runner.has(id)) settle(id, resolve);
      const current = runner.current();
      if (current?.loading && current !== job && job.intent === 'completion') void server.fillIn(job, heard);
    },
    make: (intent, { spot, explicit }, temperature = 0) => ({
      id: ++lastId,
      standIn: ++lastId,
      intent,
      spot,
      explicit,
      temperature,
      lines: lineMode(spot, settings().lines),
      abort: new AbortController(),
      loading: false,
    }),
    over: (id) =>
      new Promise((resolve) => {
        waiting.get(id)?.(false);
        if (runner.has(id)) waiting.set(id, resolve);
        else resolve(true);
      }),
  };

  /** One that waited and was replaced by a newer one never ran. */
  function settle(id: number, resolve: (served: boolean) => void): void {
    waiting.delete(id);
    resolve(false);
  }

  /** From now on typing may go on in the hope of this job. */
  function expect({ id, intent, spot, lines, temperature, explicit }: Job): void {
    const model = settings().models[0];
    if (intent === 'warm' || !model) return;
    const { reach } = spot.document.text.label;
    shelf.put(beginning({ id, spot, made: { model, lines, temperature, byHand: explicit, standIn: false, reach } }));
  }
}

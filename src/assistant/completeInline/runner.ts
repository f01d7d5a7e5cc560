import type { Suggestion } from '../../core/completion/suggestion.ts';
import type { Dispatch } from './dispatch.ts';
import type { Job, JobEnd } from './job.ts';

/** Keeps to one request at a time, with at most one more waiting: the newest. */
export type Runner = {
  /** Starts a job, or lets it wait for the one that runs; a job that waited before is forgotten. */
  submit(job: Job): void;
  /** The job that runs, unless it was stopped. */
  current(): Job | undefined;
  /** Whether a job runs or waits. */
  has(id: number): boolean;
  /** Ends the running job, unless a model is being loaded for it: an abort would undo the load. */
  stop(): void;
  /** Ends the running job, a load too, and forgets the one that waits. */
  abandon(): void;
};

type Ears = {
  readonly begun: (job: Job) => void;
  readonly heard: (suggestion: Suggestion) => void;
  readonly ended: (job: Job, end: JobEnd) => void;
};

export function createRunner(dispatch: Pick<Dispatch, 'serve'>, { begun, heard, ended }: Ears): Runner {
  let running: Job | undefined;
  let waiting: Job | undefined;

  const run = async (job: Job): Promise<void> => {
    running = job;
    begun(job);
    // A job that broke is over like any other: one that never ended would be the last.
    const end = await dispatch.serve(job, heard).catch((): JobEnd => 'nobody');
    running = undefined;
    const next = waiting;
    waiting = undefined;
    if (next) void run(next);
    ended(job, end);
  };
  return {
    submit: (job) => {
      if (running) waiting = job;
      else void run(job);
    },
    current: () => (running?.abort.signal.aborted ? undefined : running),
    has: (id) => running?.id === id || waiting?.id === id,
    stop: () => {
      if (running && !running.asking?.loading) running.abort.abort();
    },
    abandon: () => {
      waiting = undefined;
      running?.abort.abort();
    },
  };
}

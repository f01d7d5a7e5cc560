import type { Guard, PullEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';

/** How a download ended: the model is there, the user stopped it, or a sentence on what went wrong and what helps. */
export type PullEnd =
  { readonly kind: 'done' } | { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly message: string };

export type PullProgress = Omit<Extract<PullEvent, { kind: 'progress' }>, 'kind'>;

type Dependencies = {
  readonly guard: Pick<Guard, 'pull'>;
  readonly tell: (progress: PullProgress) => void;
  /** What broke, never content. */
  readonly log: (message: string) => void;
};

/** Downloads a model and tells how far it is. Never throws; an abort of the signal stops it without a word. */
export async function followPull(
  { guard, tell, log }: Dependencies,
  model: ModelRef,
  signal: AbortSignal,
): Promise<PullEnd> {
  try {
    for await (const event of guard.pull(model, signal)) {
      if (signal.aborted) return { kind: 'stopped' };
      switch (event.kind) {
        case 'progress': {
          const { kind: _, ...progress } = event;
          tell(progress);
          break;
        }
        case 'done':
          return { kind: 'done' };
        case 'error':
          return { kind: 'failed', message: [event.error.message, event.error.action].filter(Boolean).join(' ') };
      }
    }
  } catch (cause) {
    if (!signal.aborted)
      log(`Downloading ${model.model} failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
  }
  if (signal.aborted) return { kind: 'stopped' };
  return { kind: 'failed', message: `The download of ${model.model} broke off. Try again; it goes on where it was.` };
}

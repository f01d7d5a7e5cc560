import { PipeError } from '../../core/exchange/pipeError.ts';

/**
 * Waits so many milliseconds for what a server says of itself. That needs no model, so it needs no patience either: a server
 * that takes the connection and says nothing would else be waited for for ever. Rejects with a `PipeError` of reason
 * `no-answer` when the time is over, else with what `ask` rejects with.
 */
export async function within<T>(
  { ms, base }: { readonly ms: number; readonly base: string },
  ask: (live: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  try {
    return await ask(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (!late.signal.aborted || signal.aborted) throw error;
    throw new PipeError('no-answer', `${base} takes connections but does not answer.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

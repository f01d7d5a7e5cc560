import type { Ending } from '../fake-server/behaviour.ts';
import { untilAborted } from '../fake-server/pause.ts';
import type { GenerationEvent } from './events.ts';

/** Plays the way a generation breaks off. Gives true when nothing may follow. */
export async function* breakOff(
  ending: Ending | undefined,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent, boolean> {
  switch (ending?.kind) {
    case 'error-frame':
      yield { kind: 'error', status: 500, message: ending.message };
      return true;
    case 'cut':
      yield { kind: 'cut' };
      return true;
    case 'reset':
      yield { kind: 'reset' };
      return true;
    case 'stall':
      await untilAborted(signal);
      return true;
    case 'garbage-line':
      yield { kind: 'garbage' };
      return false;
    // The plan already repeats itself; the guard ends it.
    case 'repeat':
    case undefined:
      return false;
  }
}

import type { Ending } from './behaviour.ts';
import { untilAborted } from './pause.ts';

/** What a generation that breaks off leaves on the wire. */
export type BreakEvent =
  | { readonly kind: 'error'; readonly status: number; readonly message: string }
  /** The stream ends here without its closing frame. */
  | { readonly kind: 'cut' }
  /** A line that is no JSON; the answer goes on after it. */
  | { readonly kind: 'garbage' }
  | { readonly kind: 'reset' };

/** Plays the way a generation breaks off. Gives true when nothing may follow. */
export async function* breakOff(ending: Ending | undefined, signal: AbortSignal): AsyncGenerator<BreakEvent, boolean> {
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
    // The plan itself says the same token again and again.
    case 'repeat':
    case undefined:
      return false;
  }
}

/** Why a request brought no answer, or why it was cut off in the middle of one. */
export type PipeReason =
  /** Nothing listens at the address. */
  | 'refused'
  /** The host has no route, no name, or does not answer in time. */
  | 'unreachable'
  | 'certificate'
  /** The answer began and then paused for too long. */
  | 'idle'
  /** Connected, but no answer within the time. */
  | 'no-answer'
  /** The other end closed in the middle. */
  | 'reset'
  | 'redirected'
  /** The other end of the socket is not the one that the address promised. */
  | 'peer'
  /** The request is not one that this approval covers. */
  | 'not-permitted'
  /** The scan of the final text said no. */
  | 'scan'
  | 'aborted';

/** A broken pipe below a backend. Thrown by the transport and by the fetch that the guard binds; holds no content. */
export class PipeError extends Error {
  readonly reason: PipeReason;

  constructor(reason: PipeReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'PipeError';
    this.reason = reason;
  }
}

/** Finds the broken pipe under whatever a client library wrapped around it. */
export function pipeErrorIn(error: unknown): PipeError | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof PipeError) return current;
    current = current.cause;
  }
  return undefined;
}

import type { IncomingMessage } from 'node:http';
import { PipeError } from '../core/exchange/pipeError.ts';

/**
 * The bytes of an answer as a web stream. Ends in a `PipeError` when the other end closes early, pauses for longer than
 * `idle` milliseconds while somebody reads, or the signal aborts; cancelling the stream destroys the socket.
 */
export function bodyStream(
  message: IncomingMessage,
  { idle, signal }: { readonly idle: number; readonly signal: AbortSignal },
): ReadableStream<Uint8Array> {
  let cancel = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        cancel = pump(message, { controller, idle, signal });
      },
      pull() {
        if (message.isPaused()) message.resume();
      },
      cancel: () => cancel(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
  );
}

type Pumping = {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly idle: number;
  readonly signal: AbortSignal;
};

/** Moves bytes from the socket to the stream until one of them ends. Gives a function that ends both. */
function pump(message: IncomingMessage, { controller, idle, signal }: Pumping): () => void {
  let ended = false;
  const silence = stopwatch(idle, () =>
    fail(new PipeError('idle', `Nothing came for ${idle / 1000} s in the middle of an answer.`)),
  );
  const onAbort = (): void => fail(new PipeError('aborted', 'The request was cancelled.'));
  /** Runs once, whichever end comes first. */
  const end = (last: () => void): void => {
    silence.stop();
    signal.removeEventListener('abort', onAbort);
    if (!ended) {
      ended = true;
      last();
    }
  };
  const fail = (error: PipeError): void => {
    end(() => controller.error(error));
    message.destroy();
  };
  message.on('data', (chunk: Buffer) => {
    if (ended) return;
    controller.enqueue(new Uint8Array(chunk));
    if ((controller.desiredSize ?? 1) > 0) return silence.restart();
    // A reader that takes its time is no fault of the server's.
    silence.stop();
    message.pause();
  });
  message.on('resume', () => {
    if (!ended) silence.restart();
  });
  message.on('end', () => (message.complete ? end(() => controller.close()) : fail(reset())));
  message.on('error', (error) => fail(reset(error)));
  message.on('close', () => fail(reset()));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    end(() => undefined);
    message.destroy();
  };
}

function stopwatch(ms: number, late: () => void): { restart(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    restart() {
      stop();
      timer = setTimeout(late, ms);
    },
  };
}

function reset(cause?: unknown): PipeError {
  return new PipeError('reset', 'The connection broke in the middle of an answer.', { cause });
}

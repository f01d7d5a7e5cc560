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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let onAbort = (): void => undefined;
  const end = (): boolean => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    const first = !ended;
    ended = true;
    return first;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const fail = (error: PipeError): void => {
          if (end()) controller.error(error);
          message.destroy();
        };
        const watch = (): void => {
          clearTimeout(timer);
          timer = setTimeout(
            () => fail(new PipeError('idle', `Nothing came for ${idle / 1000} s in the middle of an answer.`)),
            idle,
          );
        };
        onAbort = () => fail(new PipeError('aborted', 'The request was cancelled.'));
        message.on('data', (chunk: Buffer) => {
          if (ended) return;
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 1) > 0) watch();
          else {
            // A reader that takes its time is no fault of the server's.
            clearTimeout(timer);
            message.pause();
          }
        });
        message.on('resume', watch);
        message.on('end', () => {
          if (!message.complete) fail(reset());
          else if (end()) controller.close();
        });
        message.on('error', (error) => fail(reset(error)));
        message.on('close', () => fail(reset()));
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      pull() {
        if (message.isPaused()) message.resume();
      },
      cancel() {
        end();
        message.destroy();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
  );
}

function reset(cause?: unknown): PipeError {
  return new PipeError('reset', 'The connection broke in the middle of an answer.', { cause });
}

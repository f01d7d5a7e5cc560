import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The way back to one client. Everything written after the client left is dropped silently. */
export interface Wire {
  /** Aborts when the client has left or the server stops. */
  readonly signal: AbortSignal;
  /** True once the status line is on its way. */
  started(): boolean;
  /** From now on every TCP write carries at most this many bytes, cutting through UTF-8 sequences too. */
  splitEvery(bytes: number): void;
  /** Sends status and headers at once, before any body. */
  head(status: number, headers: OutgoingHttpHeaders): void;
  write(content: string | Buffer): Promise<void>;
  end(): void;
  /** A whole answer with a length. */
  whole(status: number, headers: OutgoingHttpHeaders, body: string): Promise<void>;
  json(status: number, value: unknown, headers?: OutgoingHttpHeaders): Promise<void>;
  /** Breaks the connection with a TCP reset. */
  reset(): void;
}

/** Wraps a response; `onFirstByte` is told the status when the first byte goes out. */
export function createWire(reply: ServerResponse, signal: AbortSignal, onFirstByte: (status: number) => void): Wire {
  let pieceSize = Infinity;
  const head = (status: number, headers: OutgoingHttpHeaders): void => {
    if (signal.aborted || reply.headersSent) return;
    reply.writeHead(status, headers);
    reply.flushHeaders();
    onFirstByte(status);
  };
  const write = async (content: string | Buffer): Promise<void> => {
    for (const piece of pieces(typeof content === 'string' ? Buffer.from(content, 'utf8') : content, pieceSize)) {
      if (signal.aborted || reply.writableEnded) return;
      await writeOne(reply, piece, signal);
    }
  };
  const whole = async (status: number, headers: OutgoingHttpHeaders, body: string): Promise<void> => {
    head(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    await write(body);
    reply.end();
  };
  return {
    signal,
    started: () => reply.headersSent,
    splitEvery: (bytes) => {
      pieceSize = Math.max(1, bytes);
    },
    head,
    write,
    end: () => {
      reply.end();
    },
    whole,
    json: (status, value, headers = {}) =>
      whole(status, { 'content-type': 'application/json; charset=utf-8', ...headers }, JSON.stringify(value)),
    reset: () => {
      reply.socket?.resetAndDestroy();
    },
  };
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Waits for the flush and one turn of the event loop, so that the next piece travels in a segment of its own. */
function writeOne(reply: ServerResponse, piece: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leave = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    reply.write(piece, () => setImmediate(leave));
  });
}

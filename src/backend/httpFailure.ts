/**
 * An answer with a status that is not 2xx, or a page in the place of one. What the server said is for matching and never for showing or logging, as it may
 * quote the request: it sits in private fields, so that it does not print.
 */
export class HttpFailure extends Error {
  readonly status: number;
  /** Milliseconds, where the server said when another try may succeed. */
  readonly retryAfterMs: number | undefined;
  readonly #said: { readonly text: string; readonly body: unknown };

  constructor(status: number, said: { readonly text: string; readonly body: unknown }, retryAfterMs?: number) {
    super(`HTTP ${status}`);
    this.name = 'HttpFailure';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.#said = said;
  }

  get text(): string {
    return this.#said.text;
  }

  /** The parsed body, where it was JSON; for its codes. */
  get body(): unknown {
    return this.#said.body;
  }
}

/** Reads the error out of a failed answer: `{error: text}`, `{error: {message}}` or whatever the body is, capped. */
export async function httpFailureOf(response: Response): Promise<HttpFailure> {
  const body = await response.text().catch(() => '');
  return new HttpFailure(response.status, errorOf(body.slice(0, 16_384)), retryAfter(response.headers));
}

/** A page for people where a program was asked: a portal, a proxy, another server. It is let go unread. */
export async function unexpectedPage(response: Response): Promise<HttpFailure> {
  await response.body?.cancel().catch(() => undefined);
  return new HttpFailure(response.status, { text: '', body: undefined });
}

/** Finds a failed answer under whatever a client library wrapped around it. */
export function httpFailureIn(error: unknown): HttpFailure | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof HttpFailure) return current;
    current = current.cause;
  }
  return undefined;
}

function errorOf(text: string): { readonly text: string; readonly body: unknown } {
  try {
    const body: unknown = JSON.parse(text);
    return { text: messageIn(body) ?? text, body };
  } catch {
    return { text, body: undefined };
  }
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('error' in value) return messageIn(value.error);
  return 'message' in value ? messageIn(value.message) : undefined;
}

function retryAfter(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

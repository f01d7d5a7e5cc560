/** An answer with a status that is not 2xx. `text` is the server's error text, for matching and never for showing. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly text: string;
  /** Milliseconds, where the server said when another try may succeed. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, text: string, retryAfterMs?: number) {
    super(`HTTP ${status}`);
    this.name = 'HttpFailure';
    this.status = status;
    this.text = text;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Reads the error out of a failed answer: `{error: text}`, `{error: {message}}` or whatever the body is, capped. */
export async function httpFailureOf(response: Response): Promise<HttpFailure> {
  const body = await response.text().catch(() => '');
  return new HttpFailure(response.status, errorText(body.slice(0, 16_384)), retryAfter(response.headers));
}

function errorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return messageIn(parsed) ?? body;
  } catch {
    return body;
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

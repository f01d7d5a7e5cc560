import { PipeError } from '../../core/exchange/pipeError.ts';

/**
 * Passes newline-delimited JSON on, whole lines at a time. A line that is no JSON object, or one without an end, breaks the
 * stream: half an answer that looks whole is worse than an error.
 */
export function wellFormedLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const encoder = new TextEncoder();
  let rest = '';
  const take = (line: string, controller: TransformStreamDefaultController<Uint8Array>): void => {
    if (line.trim() === '') return;
    if (!isJsonObject(line)) throw malformed();
    controller.enqueue(encoder.encode(`${line}\n`));
  };
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      rest += decode(decoder, chunk);
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) throw malformed();
      for (const line of lines) take(line, controller);
    },
    flush(controller) {
      take(rest + decode(decoder), controller);
    },
  });
}

/** UTF-16 units; the longest honest line is the last frame of a long prompt's token list, some 100 KB. */
const longestLine = 16 * 1024 * 1024;

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw malformed();
  }
}

function isJsonObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function malformed(): PipeError {
  return new PipeError('reset', 'The answer broke off in the middle of a line.');
}

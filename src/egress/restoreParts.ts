import type { StreamPart } from '../core/exchange/stream.ts';

/** Puts originals back into a stream of text: see the scan's `redact`. */
export type Restorer = { restore(text: string): string; rest(): string };

/** For streams in which nothing was redacted. */
export const noRestorer: Restorer = { restore: (text) => text, rest: () => '' };

/**
 * Restores the text of parts as they come, one part in and any number out. What is held back at the end of a run of text
 * goes out as text of the same kind before anything else does.
 */
export function restoreParts(restorer: Restorer): (part: StreamPart) => readonly StreamPart[] {
  let last: 'delta' | 'reasoning' | undefined;
  const flush = (): readonly StreamPart[] => {
    const text = restorer.rest();
    return last === undefined || text === '' ? [] : [{ kind: last, text }];
  };
  return (part) => {
    if (part.kind !== 'delta' && part.kind !== 'reasoning') return [...flush(), part];
    const before = last === part.kind ? [] : flush();
    last = part.kind;
    const text = restorer.restore(part.text);
    return text === '' ? before : [...before, { kind: part.kind, text }];
  };
}

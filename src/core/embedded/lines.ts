/** The lines of a text as numbers: enough to see which of them changed, without keeping the text. */
export type Lines = {
  readonly count: number;
  /** Hash of each line without the white space around it. */
  readonly hashes: Int32Array;
  /** Offset of each line; one more at the end, where a further line would begin. */
  readonly offsets: Int32Array;
};

/** Splits a text into lines and hashes them, in one pass. */
export function linesOf(text: string): Lines {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  const hashes = new Int32Array(count);
  const offsets = new Int32Array(count + 1);
  let from = 0;
  for (let line = 0; line < count; line += 1) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    offsets[line] = from;
    hashes[line] = hashLine(text, from, to);
    from = to + 1;
  }
  offsets[count] = from;
  return { count, hashes, offsets };
}

/** How many lines two texts share at the beginning and, of the rest, at the end. */
export function commonEnds(a: Int32Array, b: Int32Array): { readonly head: number; readonly tail: number } {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return { head, tail };
}

/** The hash of one line; 0 for a blank one. */
export function hashLine(text: string, from: number, to: number): number {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  if (start === end) return 0;
  let hash = start - from + 1;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) ^ (hash >>> 13);
  return hash === 0 ? 1 : hash;
}

/** Every byte that came in over one connection, in order. */
export interface Tape {
  add(bytes: Buffer): void;
  /** The same buffer until more bytes come in. */
  whole(): Buffer;
}

/** An empty tape. */
export function createTape(): Tape {
  let parts: Buffer[] = [];
  return {
    add: (bytes) => {
      parts.push(bytes);
    },
    whole: () => {
      const [first] = parts;
      if (parts.length === 1 && first !== undefined) return first;
      const joined = Buffer.concat(parts);
      parts = [joined];
      return joined;
    },
  };
}

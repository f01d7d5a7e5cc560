import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { labelled, type Label, type Labelled } from '../core/label/labelled.ts';

/**
 * Reads a text file of this machine under its label. Undefined for what is larger than `mostBytes`, no file, no text, gone or
 * not readable: whoever asks has no use for a part of it.
 */
export async function readLabelled(
  file: string,
  label: Label,
  { mostBytes }: { readonly mostBytes: number },
): Promise<Labelled | undefined> {
  try {
    // Without O_NONBLOCK a pipe of that name would hold the reader for good.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      if (!found.isFile() || found.size > mostBytes) return undefined;
      const text = decode(await handle.readFile());
      return text === undefined ? undefined : labelled(text, label);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** UTF-8, or UTF-16 where it says so at its start; undefined for what holds a NUL and is no text. */
function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.includes(0) ? undefined : new TextDecoder('utf-8').decode(bytes);
}

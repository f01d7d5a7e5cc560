import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeDocument, type DocumentContent } from '../core/policy/document.ts';
import { jsonLimits } from '../core/policy/strictJson.ts';

/** Reads a policy or ignore file. Undefined where there is nothing of that name; a folder, a pipe or a huge file is unreadable. */
export async function readPolicyFile(file: string): Promise<DocumentContent | undefined> {
  try {
    // Without O_NONBLOCK a pipe of that name would hold the reader for good.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      if (!found.isFile()) return unreadable('It is not a file. Put a text file in its place.');
      if (found.size > jsonLimits.bytes)
        return unreadable(`It has ${found.size} bytes; at most ${jsonLimits.bytes} are read.`);
      return decodeDocument(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return unreadable(
      `The file could not be opened (${typeof code === 'string' ? code : 'unknown error'}). Check its permissions.`,
    );
  }
}

function unreadable(why: string): DocumentContent {
  return { kind: 'unreadable', why };
}

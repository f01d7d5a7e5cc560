import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Conversations as files in one folder, each readable by this user alone. */
export type ChatFiles = {
  readonly list: () => Promise<readonly { readonly id: string; readonly modifiedAt: number }[]>;
  readonly read: (id: string) => Promise<string | undefined>;
  readonly write: (id: string, text: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
};

/**
 * Opens the folder, which is made when the first conversation is written. Rejects with the error of the file system; an id
 * that could be anything but a file of this folder is an error too.
 */
export function createChatFiles(folder: string): ChatFiles {
  const fileOf = (id: string): string => {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new Error('Not the id of a chat.');
    return path.join(folder, `${id}${suffix}`);
  };
  return {
    list: async () => {
      const names = await absentAs([], readdir(folder));
      const found = names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
      const times = await Promise.all(found.map((id) => absentAs(undefined, stat(path.join(folder, id + suffix)))));
      return found.flatMap((id, index) => {
        const modifiedAt = times[index]?.mtimeMs;
        return modifiedAt === undefined ? [] : [{ id, modifiedAt }];
      });
    },
    read: (id) => absentAs(undefined, readFile(fileOf(id), 'utf8')),
    write: async (id, text) => {
      const target = fileOf(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      // Written beside and then put in place, so that a crash leaves the old text or the new one, never half of it.
      const fresh = `${target}.${process.pid}.new`;
      try {
        await writeFile(fresh, text, { mode: 0o600 });
        await rename(fresh, target);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
    },
    remove: async (id) => rm(fileOf(id), { force: true }),
  };
}

const suffix = '.chat.json';

async function absentAs<T, U>(otherwise: U, reading: Promise<T>): Promise<T | U> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}

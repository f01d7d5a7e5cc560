import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The ids of the vectors that a step of a journey or a test of the suite in the editor says it plays: `… (vector 3)`, in
 * files whose names begin with `leaks`.
 */
export async function editorTests(): Promise<readonly number[]> {
  const found = await Promise.all(
    ['journeys', 'suite'].map(async (folder) => {
      const whole = path.join('test', 'vscode', folder);
      const files = (await readdir(whole)).filter((file) => file.startsWith('leaks'));
      return Promise.all(files.map((file) => readFile(path.join(whole, file), 'utf8')));
    }),
  );
  const ids = found.flat().flatMap((text) => [...text.matchAll(/\(vector (\d+)\)/g)].map(([, id]) => Number(id)));
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

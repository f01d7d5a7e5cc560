import { readFile } from 'node:fs/promises';

/** The version of this program, from the manifest that it is shipped with. */
export async function productVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error('The package.json beside this program names no version. Install Ringfence anew.');
}

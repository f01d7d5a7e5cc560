import os from 'node:os';
import path from 'node:path';

/**
 * The folder that keeps what is worth keeping between runs, outside the repository. `RINGFENCE_CACHE` overrides it.
 *
 * @returns {string} An absolute path; the folder need not exist.
 */
export function cacheDir() {
  const { RINGFENCE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (RINGFENCE_CACHE) return path.resolve(RINGFENCE_CACHE);
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'ringfence');
  if (process.platform === 'win32')
    return path.join(LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), 'ringfence');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'ringfence');
}

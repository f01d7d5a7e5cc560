import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Copies the server's and the extension host's logs out of a profile.
 *
 * @param {string} profile
 * @param {string} to - Replaced.
 */
export async function keepLogs(profile, to) {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(path.join(profile, 'server.log'), path.join(to, 'server.log')).catch(() => undefined);
  await cp(path.join(profile, 'logs'), path.join(to, 'logs'), { recursive: true }).catch(() => undefined);
}

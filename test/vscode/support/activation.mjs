import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until the extension shows itself in the status bar. An extension that fails to activate never does: what the
 * extension host logged about it is thrown at once.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} profile - The user data folder, with the logs.
 */
export async function waitForExtension(page, profile) {
  const item = page.locator('[id^="ringfence.ringfence."]').first();
  const end = Date.now() + 120_000;
  while ((await item.count()) === 0) {
    const failure = await activationFailure(profile);
    if (failure !== undefined) throw new Error(`The extension does not activate.\n${failure}`);
    if (Date.now() > end) throw new Error('No status bar item of the extension was shown within two minutes.');
    await delay(200);
  }
}

/** @param {string} profile */
async function activationFailure(profile) {
  const folder = path.join(profile, 'logs');
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  for (const file of files.filter((name) => path.basename(name) === 'remoteexthost.log')) {
    const text = await readFile(path.join(folder, file), 'utf8');
    // The error stands on the lines behind, up to the next line with a date.
    const found =
      /^.*Activating extension ringfence\.ringfence failed.*\n(?:(?!\d{4}-\d\d-\d\d ).*\n)*(?:\d{4}.*\[error\].*\n(?:\s.*\n)*)?/m.exec(
        text,
      );
    if (found !== null) return found[0].split('\n').slice(0, 8).join('\n');
  }
  return undefined;
}

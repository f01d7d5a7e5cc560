import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where Linux tells what a machine runs on. */
const supplies = '/sys/class/power_supply';

/**
 * Whether this machine runs on its battery: one discharges and no mains are plugged in. False where the system does not tell
 * in files, which is everywhere but on Linux. `scope` marks the batteries of mice and phones, which do not count.
 */
export async function isOnBattery(folder: string = supplies): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(names.map((name) => readSupply(path.join(folder, name))));
  const own = all.filter(({ scope }) => scope !== 'Device');
  const plugged = own.some(({ type, online }) => type !== 'Battery' && online === '1');
  return !plugged && own.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}

type Supply = {
  readonly type: string | undefined;
  readonly status: string | undefined;
  readonly online: string | undefined;
  readonly scope: string | undefined;
};

async function readSupply(folder: string): Promise<Supply> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(path.join(folder, name), 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    );
  const [type, status, online, scope] = await Promise.all([
    read('type'),
    read('status'),
    read('online'),
    read('scope'),
  ]);
  return { type, status, online, scope };
}

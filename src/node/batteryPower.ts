import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where a system tells what the machine runs on: Linux in files, macOS by a program of its own. */
type Sources = { readonly platform: NodeJS.Platform; readonly supplies: string; readonly pmset: string };

const usual: Sources = {
  platform: process.platform,
  supplies: '/sys/class/power_supply',
  pmset: '/usr/bin/pmset',
};

/** Whether this machine runs on its battery. False on Windows, which tells it to no file and no quick program. */
export function isOnBattery(sources: Partial<Sources> = {}): Promise<boolean> {
  const { platform, supplies, pmset } = { ...usual, ...sources };
  return platform === 'darwin' ? drawsFromBattery(pmset) : discharges(supplies);
}

/** `pmset -g batt` begins with: Now drawing from 'Battery Power', or 'AC Power'. */
function drawsFromBattery(pmset: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(pmset, ['-g', 'batt'], { timeout: 2_000 }, (error, out) =>
      resolve(!error && out.startsWith("Now drawing from 'Battery Power'")),
    );
  });
}

/** One battery discharges and no mains are plugged in. `scope` marks the batteries of mice and phones, which do not count. */
async function discharges(folder: string): Promise<boolean> {
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

import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Who claims a chain. */
export type Claimant = {
  readonly host: string;
  readonly pid: number;
  /** Whether a process of this host is alive. */
  readonly alive: (pid: number) => boolean;
};

export type Lease = { readonly chain: string; release(): Promise<void> };

/**
 * Claims the first of `prefix-0`, `prefix-1`, … that no living process holds. A claim is a file of its own with a number
 * that only grows: taking a dead process's chain over means creating the next number, which one process alone can do, and
 * owning it means being the highest. So nobody ever removes a lock that another has just renewed, and a crash leaves
 * nothing closed. A holder on another host (a shared home folder) counts as alive for a week.
 */
export async function claimLease(folder: string, prefix: string, claimant: Claimant): Promise<Lease> {
  for (let slot = 0; slot < mostSlots; slot++) {
    const lease = await leaseOn(folder, `${prefix}-${slot}`, claimant);
    if (lease) return lease;
  }
  throw new Error(`All ${mostSlots} chains are in use; close some windows.`);
}

/** Claims that very chain, unless a living process holds it. */
export async function leaseOn(folder: string, chain: string, claimant: Claimant): Promise<Lease | undefined> {
  const number = await tryClaim(folder, chain, claimant);
  if (number === undefined) return undefined;
  const file = path.join(folder, leaseName(chain, number));
  // A released lease stays as the highest number, so that numbers never begin anew.
  return { chain, release: () => writeFile(file, '{}') };
}

async function tryClaim(folder: string, chain: string, claimant: Claimant): Promise<number | undefined> {
  const highest = (await leases(folder, chain)).at(-1) ?? 0;
  if (highest > 0 && (await isHeld(path.join(folder, leaseName(chain, highest)), claimant))) return undefined;
  const number = highest + 1;
  const content = JSON.stringify({ host: claimant.host, pid: claimant.pid });
  const file = path.join(folder, leaseName(chain, number));
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return undefined;
    // Made but not filled, on a full disk: it is ours to take away.
    await rm(file, { force: true });
    throw cause;
  }
  const now = await leases(folder, chain);
  if (now.at(-1) !== number) {
    await rm(file, { force: true });
    return undefined;
  }
  for (const old of now.slice(0, -1)) await rm(path.join(folder, leaseName(chain, old)), { force: true });
  return number;
}

async function isHeld(file: string, { host, alive }: Claimant): Promise<boolean> {
  let holder: unknown;
  try {
    holder = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    // Gone: somebody has just claimed the next number. Half written: by a process that is at it now, or died over it.
    return codeOf(cause) === 'ENOENT' || (await ageMs(file)) < freshMs;
  }
  const { host: theirs, pid } = narrow(holder);
  if (pid === undefined) return false;
  return theirs === host ? alive(pid) : (await ageMs(file)) < foreignMs;
}

async function ageMs(file: string): Promise<number> {
  return Date.now() - (await stat(file)).mtimeMs;
}

async function leases(folder: string, chain: string): Promise<readonly number[]> {
  const start = `${chain}.lease.`;
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(start))
    .map((name) => Number(name.slice(start.length)))
    .filter((number) => Number.isSafeInteger(number) && number > 0)
    .sort((a, b) => a - b);
}

function leaseName(chain: string, number: number): string {
  return `${chain}.lease.${number}`;
}

function narrow(value: unknown): { readonly host?: string; readonly pid?: number } {
  if (typeof value !== 'object' || value === null) return {};
  const host = 'host' in value && typeof value.host === 'string' ? { host: value.host } : {};
  const pid = 'pid' in value && typeof value.pid === 'number' ? { pid: value.pid } : {};
  return { ...host, ...pid };
}

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

const mostSlots = 64;
const freshMs = 5_000;
const foreignMs = 7 * 24 * 60 * 60 * 1000;

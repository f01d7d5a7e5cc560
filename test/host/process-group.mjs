import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ends a process that was started as the leader of its own group, with all its children, and waits until they are gone.
 *
 * @param {number} pid
 */
export async function endGroup(pid) {
  signalGroup(pid, 'SIGTERM');
  // VS Code's agent host takes about three seconds to close after its server.
  if (await goneWithin(pid, 10_000)) return;
  signalGroup(pid, 'SIGKILL');
  await goneWithin(pid, 5_000);
}

/**
 * @param {number} pid
 * @param {string | number} signal
 * @returns {boolean} Whether anyone of the group is there.
 */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {number} pid
 * @param {number} milliseconds
 */
async function goneWithin(pid, milliseconds) {
  const end = Date.now() + milliseconds;
  while (signalGroup(pid, 0)) {
    if (Date.now() > end) return false;
    await delay(50);
  }
  return true;
}

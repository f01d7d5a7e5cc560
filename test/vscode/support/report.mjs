import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Follows the report that the suite writes inside the extension host, and passes its lines on as they come. Ends when the
 * suite is done, when its host has ended, or when nothing has come for a while.
 *
 * @param {string} file - JSON, one object per line; made by the suite.
 * @param {{ tally: import('./tally.mjs').Tally, toSources: (stack: string) => string, hasEnded: () => boolean, patience: number, first: number }} options -
 *   `patience`: longest time in milliseconds between two lines; `first`: until the first line.
 * @returns {Promise<{ kind: 'done' } | { kind: 'stuck', lines: number, why: string }>}
 */
export async function followReport(file, { tally, toSources, hasEnded, patience, first }) {
  let [offset, lines] = [0, 0];
  let last = Date.now();
  for (;;) {
    const ended = hasEnded();
    const fresh = readFrom(file, offset);
    offset += fresh.length;
    for (const line of fresh.toString('utf8').split('\n').slice(0, -1)) {
      const event = JSON.parse(line);
      lines += 1;
      last = Date.now();
      if (event.kind === 'pass') tally.pass(event.name, event.milliseconds);
      if (event.kind === 'fail') tally.fail(event.name, event.milliseconds, toSources(event.error));
      if (event.kind === 'done') return { kind: 'done' };
    }
    if (ended) return { kind: 'stuck', lines, why: 'VS Code ended before the suite was done' };
    const limit = lines === 0 ? first : patience;
    if (Date.now() - last > limit) {
      return { kind: 'stuck', lines, why: `nothing came from the extension host for ${limit / 1000} s` };
    }
    await delay(100);
  }
}

/**
 * The bytes behind `offset` up to the last whole line, so that no character is cut in two.
 *
 * @param {string} file
 * @param {number} offset
 */
function readFrom(file, offset) {
  let handle;
  try {
    handle = openSync(file, 'r');
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(handle).size - offset));
    const count = readSync(handle, bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytes.subarray(0, count).lastIndexOf(10) + 1);
  } finally {
    closeSync(handle);
  }
}

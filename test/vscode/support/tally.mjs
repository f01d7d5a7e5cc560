/**
 * Counts and prints outcomes as they come.
 *
 * @returns {Tally}
 *
 * @typedef {object} Tally
 * @property {(name: string, milliseconds: number) => void} pass
 * @property {(name: string, milliseconds: number, error: unknown) => void} fail
 * @property {() => { passed: number, failed: number }} counts
 * @property {() => string} summary - All failures again, then the one line `N passed, N failed`.
 */
export function createTally() {
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  return {
    pass(name, milliseconds) {
      passed += 1;
      console.log(`  ✔ ${name} (${milliseconds} ms)`);
    },
    fail(name, milliseconds, error) {
      const text = error instanceof Error ? [error.stack ?? error.message, causeOf(error)].join('') : String(error);
      const words = `✖ ${name} (${milliseconds} ms)\n${text.replaceAll(/^/gm, '      ')}`;
      failures.push(words);
      console.log(`  ${words}`);
    },
    counts: () => ({ passed, failed: failures.length }),
    summary() {
      const again = failures.length === 0 ? '' : `\nFailed:\n\n${failures.join('\n\n')}\n`;
      return `${again}\n${passed} passed, ${failures.length} failed`;
    },
  };
}

/** @param {Error} error */
function causeOf({ cause }) {
  return cause instanceof Error ? `\nbecause of ${cause.message}` : '';
}

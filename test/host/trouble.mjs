/**
 * A failure whose words are for the person at the terminal: what is wrong, and what to do about it.
 * Everything else that is thrown is a bug and keeps its stack.
 */
export class Trouble extends Error {
  /**
   * @param {string} what - What is wrong, in one sentence.
   * @param {string} [todo] - What the reader can do now.
   * @param {unknown} [cause] - The error underneath.
   */
  constructor(what, todo = '', cause) {
    super(what, { cause });
    this.name = 'Trouble';
    this.todo = todo;
    /** What a program printed that failed, for who can make something of it. */
    this.output = '';
  }
}

/**
 * Runs a script's main function. Trouble is printed as words, anything else with its stack; both end with exit code 1.
 *
 * @param {() => Promise<void>} main
 */
export async function orExplain(main) {
  try {
    await main();
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Trouble)) {
    console.error(error);
    return;
  }
  console.error(`\n✖ ${error.message}`);
  if (error.todo) console.error(`  → ${error.todo.replaceAll('\n', '\n    ')}`);
}

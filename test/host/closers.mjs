/**
 * Collects what must be undone before this process ends, and undoes it in reverse order: when `close` is called, or when the
 * process is told to end (Ctrl+C, a CI that cancels).
 *
 * @returns {{ add(undo: () => Promise<void>): void, close(): Promise<void> }}
 */
export function createClosers() {
  /** @type {(() => Promise<void>)[]} */
  const undos = [];
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      await undo().catch((error) => console.error(error));
    }
  };
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.once(signal, () => void close().finally(() => process.exit(code)));
  }
  return { add: (undo) => undos.push(undo), close };
}

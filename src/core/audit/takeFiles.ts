import type { LedgerFile, StoredFile } from './ledgerFiles.ts';

/** How a long work goes on beside others. */
export type Pace = {
  /** Milliseconds from any origin, never backwards. */
  readonly elapsed: () => number;
  /** Lets others have their turn; rejects where the work is to end. */
  readonly pause: () => Promise<void>;
  /** Told after each pause and at the end how much of it is done, from 0 to 1. */
  readonly progress?: (done: number) => void;
};

/**
 * Reads the files of a ledger one after the other, in the order given, and works through each step by step. Pauses between
 * two steps whenever it has been at it for some milliseconds: whoever types meanwhile does not notice. Rejects with what
 * reading or pausing rejects with.
 */
export async function takeFiles(
  files: readonly StoredFile[],
  take: (file: LedgerFile) => Iterable<void>,
  { elapsed, pause, progress }: Pace,
): Promise<void> {
  const all = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const rest = async (): Promise<void> => {
    progress?.(all === 0 ? 1 : done / all);
    await pause();
  };
  for (const { name, size, read } of files) {
    const bytes = await read();
    await inSlices(take({ name, bytes }), { elapsed, pause: rest });
    done += size;
    await rest();
  }
}

/** Takes all steps of a work, with a pause between two of them whenever it has been at it for some milliseconds. */
export async function inSlices(steps: Iterable<void>, { elapsed, pause }: Pace): Promise<void> {
  let begun = elapsed();
  for (const _ of steps) {
    if (elapsed() - begun < sliceMs) continue;
    await pause();
    begun = elapsed();
  }
}

/** For a program that has nothing else to do. */
export const atOnce: Pace = { elapsed: () => 0, pause: async () => undefined };

/** Below the 10 ms after which a key that was pressed meanwhile is felt to lag. */
export const sliceMs = 8;

import type * as vscode from 'vscode';
import {
  addTallies,
  addToDay,
  lastDays,
  noTally,
  parseTallies,
  type Tally,
} from '../../core/completion/tally/tally.ts';

/** What became of suggestions in the last seven days. Numbers only, in the editor's own memory on this machine. */
export type TallyStore = vscode.Disposable & {
  readonly add: (more: Tally) => void;
  readonly week: () => Tally;
};

const key = 'completion.tallies';
/** Counts of a while are written at once, in milliseconds. */
const writeMs = 2_000;

/** `memory` is not synchronised to other machines. `now` is milliseconds since 1970. */
export function createTallyStore(memory: Pick<vscode.Memento, 'get' | 'update'>, now: () => number): TallyStore {
  let unwritten = noTally;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Read anew each time: another window may have written meanwhile.
  const all = () => addToDay(parseTallies(memory.get<unknown>(key)), unwritten, now());
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const next = all();
    unwritten = noTally;
    void memory.update(key, next);
  };
  return {
    add: (more) => {
      unwritten = addTallies(unwritten, more);
      timer ??= setTimeout(write, writeMs);
    },
    week: () => lastDays(all(), now()),
    dispose: () => {
      if (timer !== undefined) write();
    },
  };
}

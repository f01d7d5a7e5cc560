import { keepNewest } from '../completion/keepNewest.ts';
import type { Zone } from '../label/reach.ts';
import type { ContextPiece } from '../prompt/completionPrompt.ts';

/** What stands ready for a file, for prompts that go to a zone. */
export type Choice = { readonly uri: string; readonly zone: Zone; readonly pieces: readonly ContextPiece[] };

/** Remembers for which files pieces were chosen, and tells whether a choice is to stay. Times are in milliseconds. */
export type Choices = {
  /** Whether the choice for the file that the cursor rests in stays as it is. `pieces` are those that are still true. */
  readonly stays: (choice: Choice, now: number) => boolean;
  /** Pieces were chosen for the file that the cursor rests in. */
  readonly chosen: (choice: Choice, now: number) => void;
  /** A file was edited, which may be of use to others: their choices do not stay, except that for the file at hand. */
  readonly written: (uri: string) => void;
  readonly clear: () => void;
};

/**
 * How long a choice stays while someone works in its file: a new one changes the beginning of the next prompt, and all of it
 * is evaluated again. Time spent elsewhere does not count: whoever comes back to a file finds the same choice, so that a server
 * that has kept the file's prompt can go on with it.
 */
const keptMs = 120_000;
/** For how many files a choice is remembered. */
const filesKept = 8;

export function createChoices(): Choices {
  const kept = new Map<string, Kept>();
  let here: string | undefined;

  const keep = (uri: string, choice: Kept): void => {
    here = uri;
    kept.delete(uri);
    kept.set(uri, choice);
    keepNewest(kept, filesKept);
  };
  return {
    stays: ({ uri, zone, pieces }, now) => {
      const before = kept.get(uri);
      if (!before || before.zone !== zone || before.count !== pieces.length) return false;
      const worked = before.worked + (here === uri ? now - before.at : 0);
      if (worked >= keptMs) return false;
      keep(uri, { ...before, worked, at: now });
      return true;
    },
    chosen: ({ uri, zone, pieces }, now) => keep(uri, { zone, count: pieces.length, worked: 0, at: now }),
    written: (uri) => {
      for (const other of kept.keys()) if (other !== uri && other !== here) kept.delete(other);
    },
    clear: () => kept.clear(),
  };
}

type Kept = {
  readonly zone: Zone;
  readonly count: number;
  /** How long someone has worked in the file since it was made, up to the last rest. */
  readonly worked: number;
  readonly at: number;
};

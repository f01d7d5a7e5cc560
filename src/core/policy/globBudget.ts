import { isKeyless } from './segmentKey.ts';
import type { Pattern } from './pattern.ts';
import type { Place, Reporter } from './reporter.ts';

/** Keeps one file from standing for more globs than can be matched in time. Going over is an error, never a cut. */
export type GlobBudget = {
  spend(pattern: Pattern, place: Place): void;
  /** Whether the error has been reported; what follows need not be read. */
  spent(): boolean;
};

export const globLimits = { globs: 4000, unindexed: 100 } as const;

export function createGlobBudget(reporter: Reporter): GlobBudget {
  let globs = 0;
  let unindexed = 0;
  const isSpent = (): boolean => globs > globLimits.globs || unindexed > globLimits.unindexed;
  return {
    spent: isSpent,
    spend(pattern, place) {
      globs += pattern.globs.length;
      unindexed += pattern.globs.filter((glob) => isKeyless(glob.full)).length;
      if (globs > globLimits.globs) {
        reporter.report(
          place,
          `The patterns up to here stand for more than ${globLimits.globs} globs. Name folders instead of files.`,
        );
      } else if (unindexed > globLimits.unindexed) {
        const message = `More than ${globLimits.unindexed} patterns have no fixed beginning, ending or folder name, which is too costly.`;
        reporter.report(place, `${message} Write them more exactly.`);
      }
    },
  };
}

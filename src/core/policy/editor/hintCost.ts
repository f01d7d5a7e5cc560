import { nameLimits } from '../names.ts';
import { isKeyless } from '../segmentKey.ts';
import type { Finding } from './finding.ts';
import type { EntryPattern, Outline } from './outline.ts';

/** Patterns that cost much on every file, and patterns for which every path is too short. */
export function hintCost(outline: Outline): readonly Finding[] {
  return [...outline.rules, ...outline.exceptions].flatMap(({ patterns }) =>
    patterns.flatMap((pattern) => judge(pattern) ?? []),
  );
}

function judge({ offset, length, globs }: EntryPattern): Finding | undefined {
  const place = { offset, length, severity: 'warning' as const };
  const deepest = Math.max(0, ...globs.map(({ full }) => full.split('/').filter((part) => part !== '**').length));
  if (deepest > nameLimits.segments) {
    const message = `Paths of more than ${nameLimits.segments} folders are never matched; such files stay on this machine in any case.`;
    return { kind: 'can never match', message, ...place };
  }
  if (!globs.some(({ full }) => isCostly(full))) return undefined;
  const message =
    'This pattern has to be tried on every file and takes long each time. Give it a fixed beginning, ending or folder name.';
  return { kind: 'costly', message, ...place };
}

/** No table finds it, and there are many ways to try it. */
function isCostly(glob: string): boolean {
  const globstars = glob.split('/').filter((part) => part === '**').length;
  const stars = glob.match(/(?<!\*)\*(?!\*)/g)?.length ?? 0;
  return isKeyless(glob) && (globstars > 2 || stars > 3);
}

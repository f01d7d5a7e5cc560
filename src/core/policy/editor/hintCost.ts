import { globKey } from '../globKey.ts';
import { nameLimits } from '../names.ts';
import type { Finding } from './finding.ts';
import type { Entry, EntryPattern, Outline } from './outline.ts';

/** Patterns that cost much on every file, and patterns that no path can be long enough for. */
export function hintCost(outline: Outline): readonly Finding[] {
  return [...outline.rules, ...outline.exceptions].flatMap((entry) =>
    entry.patterns.flatMap((pattern) => judge(entry, pattern) ?? []),
  );
}

function judge(entry: Entry, pattern: EntryPattern): Finding | undefined {
  const { offset, length, globs } = pattern;
  const about = { entry, pattern, offset, length, weight: 'warning' as const };
  const deepest = Math.max(0, ...globs.map(({ full }) => full.split('/').filter((part) => part !== '**').length));
  if (deepest > nameLimits.segments) {
    const message = `Paths of more than ${nameLimits.segments} folders are never matched; such files stay on this machine in any case.`;
    return { kind: 'can never match', message, ...about };
  }
  if (!globs.some(({ full }) => isCostly(full))) return undefined;
  const message =
    'This pattern has to be tried on every file and takes long each time. Give it a fixed beginning, ending or folder name.';
  return { kind: 'costly', message, ...about };
}

/** No table finds it, and there are many ways to try it. */
function isCostly(glob: string): boolean {
  const globstars = glob.split('/').filter((part) => part === '**').length;
  const stars = glob.match(/(?<!\*)\*(?!\*)/g)?.length ?? 0;
  return globKey(glob).kind === 'any' && (globstars > 2 || stars > 3);
}

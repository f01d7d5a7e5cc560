import type { ImportedFile, ImportedPattern } from './imported.ts';
import type { FileWeakening } from './weakening.ts';

/** What an ignore file excludes no longer: patterns that went away, and negations that came, or came to stand later. */
export function weakenedImported(before: ImportedFile, after: ImportedFile): readonly FileWeakening[] {
  const gone = before.patterns.filter((pattern) => !isNegation(pattern) && !holds(after, pattern));
  const freed = after.patterns.filter((pattern) => isNegation(pattern) && !wasFree(before, after, pattern));
  return [
    ...gone.map(({ pattern, line }): FileWeakening => ({
      message: `${pattern} is no longer excluded.`,
      line,
      side: 'before',
      lifts: [{ kind: 'line', pattern }],
    })),
    ...freed.map(({ pattern, line }): FileWeakening => ({
      message: `${pattern.slice(1)} is let through again.`,
      line,
      side: 'after',
      lifts: [{ kind: 'line', pattern }],
    })),
  ];
}

function isNegation({ pattern }: ImportedPattern): boolean {
  return pattern.startsWith('!');
}

function holds(file: ImportedFile, { pattern }: ImportedPattern): boolean {
  return file.patterns.some((other) => other.pattern === pattern);
}

/** A negation frees from the patterns above it: it is no news if all of those stood above it before. */
function wasFree(before: ImportedFile, after: ImportedFile, negation: ImportedPattern): boolean {
  const above = (file: ImportedFile): readonly string[] => {
    const at = file.patterns.findLastIndex(({ pattern }) => pattern === negation.pattern);
    return at === -1 ? [] : file.patterns.slice(0, at).map(({ pattern }) => pattern);
  };
  if (!holds(before, negation)) return false;
  const then = above(before);
  return above(after).every(
    (pattern) => pattern.startsWith('!') || then.includes(pattern) || !holds(before, { pattern, line: 0 }),
  );
}

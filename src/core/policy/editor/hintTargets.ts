import { fold } from '../fold.ts';
import { indexGlobs } from '../globIndex.ts';
import type { Finding } from './finding.ts';
import { fieldOf, nameOf, type Entry, type Outline } from './outline.ts';

/** Exceptions that except nothing: a plain path that its rule does not hold, whether the file is there yet or not. */
export function hintTargets(outline: Outline): readonly Finding[] {
  return outline.exceptions.flatMap((exception) => hintTarget(exception, outline.rules));
}

function hintTarget(exception: Entry, rules: readonly Entry[]): readonly Finding[] {
  const of = fieldOf(exception, 'of');
  const rule = rules.find((candidate) => fieldOf(candidate, 'id') === of);
  if (!rule) return [];
  const holds = indexGlobs(rule.patterns.flatMap(({ globs }) => globs.map((glob) => ({ glob, value: true }))));
  return exception.patterns.flatMap(({ globs, offset, length }) => {
    const plain = globs.map(({ full, folder }) => (folder || /[*?[]/.test(full) ? undefined : full));
    if (!plain.every((path) => path !== undefined && holds(fold(path)).length === 0)) return [];
    const message = `The rule "${nameOf(rule)}" does not hold this file, so there is nothing to except. Name a file of that rule.`;
    return [{ kind: 'can never match', severity: 'warning', message, offset, length }];
  });
}

import { fold } from '../fold.ts';
import { indexGlobs } from '../globIndex.ts';
import { ownReach } from '../ownReach.ts';
import type { HintContext } from './hints.ts';
import { isOver } from './coverage.ts';
import type { Finding } from './finding.ts';
import { fieldOf, nameOf, type Entry, type Outline } from './outline.ts';

/** Days before its end from which on an exception is pointed out. */
const soonDays = 14;

/** Exceptions that have run out, that soon will, and that except nothing from the rule they name. */
export function hintExceptions(outline: Outline, { today }: HintContext): readonly Finding[] {
  return outline.exceptions.flatMap((entry) => [
    ...(hintExpiry(entry, today) ?? []),
    ...hintTarget(entry, outline.rules),
  ]);
}

function hintExpiry(entry: Entry, today: string): readonly Finding[] {
  const expires = entry.fields.get('expires');
  if (!expires) return [];
  const about = { entry, offset: expires.offset, length: expires.length };
  if (isOver(entry, today)) {
    const message = `This exception ended on ${expires.value}; its files are held again. Remove it, or give it a later day.`;
    return [{ kind: 'expired', weight: 'warning', message, ...about }];
  }
  const left = daysBetween(today, expires.value);
  if (left === undefined || left > soonDays) return [];
  const message = `This exception ends ${left === 0 ? 'today' : `in ${left} ${left === 1 ? 'day' : 'days'}`}.`;
  return [{ kind: 'expires soon', weight: 'information', message, ...about }];
}

function daysBetween(today: string, day: string): number | undefined {
  const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
  return Number.isFinite(days) ? Math.round(days) : undefined;
}

/** A plain path that the rule does not hold cannot be taken out of it, whether the file is there yet or not. */
function hintTarget(entry: Entry, rules: readonly Entry[]): readonly Finding[] {
  const of = fieldOf(entry, 'of');
  const rule = rules.find((candidate) => fieldOf(candidate, 'id') === of);
  if (!rule || of === ownReach || rule.patterns.some(({ globs }) => globs.length === 0)) return [];
  const holds = indexGlobs(rule.patterns.flatMap(({ globs }) => globs.map((glob) => ({ glob, value: true }))));
  return entry.patterns.flatMap((pattern) => {
    const plain = pattern.globs.map(({ full, folder }) => (folder || /[*?[]/.test(full) ? undefined : full));
    const missed = plain.length > 0 && plain.every((path) => path !== undefined && holds(fold(path)).length === 0);
    if (!missed) return [];
    const { offset, length } = pattern;
    const message = `The rule "${nameOf(rule)}" does not hold this file, so there is nothing to except. Name a file of that rule.`;
    return [{ kind: 'can never match', weight: 'warning', message, entry, pattern, offset, length }];
  });
}

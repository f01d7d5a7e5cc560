import { readPattern } from '../pattern.ts';
import type { Fix, FixContext } from './fix.ts';
import { covers } from './outline.ts';

/** For a pattern that is not understood: the one that was meant, where that is plain and then valid. */
export function fixPattern({ outline, place }: FixContext): readonly Fix[] {
  const pattern = [...outline.rules, ...outline.exceptions]
    .flatMap(({ patterns }) => patterns)
    .find((candidate) => candidate.globs.length === 0 && covers(candidate, place.offset));
  if (!pattern) return [];
  const meant = mend(pattern.source);
  if (meant === pattern.source || readPattern(meant).kind === 'invalid') return [];
  const text = JSON.stringify(meant);
  return [
    { title: `Change to ${text}`, edits: [{ offset: pattern.offset, length: pattern.length, text }], preferred: true },
  ];
}

function mend(source: string): string {
  return source
    .trim()
    .replaceAll('\\', '/')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^(?:\.\/)+/, '/')
    .replaceAll(/\[([!^])([^\]]*)\]/g, '?');
}

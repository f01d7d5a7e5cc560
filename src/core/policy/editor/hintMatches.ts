import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import { nameOf, type Entry, type EntryPattern, type Outline } from './outline.ts';

type Counted = { readonly coverage: Coverage; readonly base: string | undefined };

/** Below this many files a half of them says nothing. */
const fewFiles = 20;

/** Patterns that match no file, and rules that hold more than half of all files. */
export function hintMatches(outline: Outline, counted: Counted): readonly Finding[] {
  return [...outline.rules, ...outline.exceptions].flatMap((entry) => [
    ...entry.patterns.flatMap((pattern) => hintNothing(entry, pattern, counted)),
    ...(entry.kind === 'rule' ? hintBroad(entry, counted.coverage) : []),
  ]);
}

function hintNothing(entry: Entry, pattern: EntryPattern, { coverage, base }: Counted): readonly Finding[] {
  const { offset, length, source, globs } = pattern;
  if (globs.length === 0 || !coverage.complete || coverage.ofPattern(pattern).count > 0) return [];
  // These folders are not looked into.
  if (/(?:^|\/)(?:node_modules|\.git)(?:\/|$)/i.test(source)) return [];
  const floating = globs.every(({ full }) => full.startsWith('**/'));
  return [
    {
      kind: 'matches nothing',
      // A name may be meant for files to come; a path that leads nowhere is more likely a slip.
      weight: floating ? 'information' : 'warning',
      message: `No file matches this pattern.${advice(pattern, { entry, base })}`,
      entry,
      pattern,
      offset,
      length,
    },
  ];
}

function advice(
  { source, globs }: EntryPattern,
  { entry, base }: { readonly entry: Entry; readonly base: string | undefined },
): string {
  const first = source.replace(/^\//, '');
  if (base !== undefined && first.toLowerCase().startsWith(`${base.toLowerCase()}/`)) {
    return ` Patterns start from the folder of this file: leave "${base}/" out.`;
  }
  if (globs.every(({ full }) => full.startsWith('**/'))) return '';
  if (entry.kind === 'exception' && !source.endsWith('/')) {
    return ' Patterns start from the folder of this file; an exception for what is inside a folder ends with a slash.';
  }
  return ' Patterns start from the folder of this file.';
}

function hintBroad(rule: Entry, coverage: Coverage): readonly Finding[] {
  const { count } = coverage.ofEntry(rule);
  if (coverage.files < fewFiles || count * 2 <= coverage.files) return [];
  const place = rule.fields.get('id') ?? { offset: rule.offset, length: 1 };
  const message = `The rule "${nameOf(rule)}" holds ${count} of ${coverage.files} files. If most files are meant, set "reach" of the whole file nearer and except the others.`;
  return [
    { kind: 'too broad', weight: 'information', message, entry: rule, offset: place.offset, length: place.length },
  ];
}

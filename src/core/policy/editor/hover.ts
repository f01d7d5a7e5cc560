import { isReach } from '../../label/reach.ts';
import { builtInRules } from '../builtIn.ts';
import { ownReach } from '../ownReach.ts';
import type { Place } from '../reporter.ts';
import { countFiles } from './countFiles.ts';
import { isOver, type Coverage, type Matched } from './coverage.ts';
import { describePattern } from './describePattern.ts';
import { covers, entryAt, fieldOf, nameOf, type Entry, type EntryPattern, type Outline } from './outline.ts';

/** What is told about a place in a policy: sentences, then a few of the files it is about. */
export type Hover = Place & { readonly sentences: readonly string[]; readonly paths: readonly string[] };

export type HoverContext = { readonly outline: Outline; readonly coverage?: Coverage; readonly today: string };

const samples = 8;

/** What can be said of the text at an offset beyond what the schema says of its key. */
export function hoverAt({ outline, coverage, today }: HoverContext, offset: number): Hover | undefined {
  const reach = outline.reach;
  if (reach && covers(reach, offset) && coverage) return about(reach, ...countRest(coverage));
  const entry = entryAt(outline, offset);
  if (!entry) return undefined;
  const pattern = entry.patterns.find((candidate) => covers(candidate, offset));
  if (pattern) return hoverPattern(pattern, entry, coverage);
  const found = [...entry.fields].find(([, candidate]) => covers(candidate, offset));
  if (!found) return undefined;
  const [key, field] = found;
  switch (key) {
    case 'id':
    case 'reach':
      return coverage && about(field, ...countEntry(entry, coverage));
    case 'of':
      return about(field, tellTarget(field.value, outline));
    case 'expires':
      return about(field, tellExpiry(entry, field.value, today));
    default:
      return undefined;
  }
}

function about({ offset, length }: Place, sentence: string, { paths }: Pick<Matched, 'paths'> = { paths: [] }): Hover {
  return { offset, length, sentences: [sentence], paths: paths.slice(0, samples) };
}

function hoverPattern(pattern: EntryPattern, entry: Entry, coverage: Coverage | undefined): Hover {
  const meaning = describePattern(pattern.source, entry.kind);
  const { offset, length } = pattern;
  if (!coverage || pattern.globs.length === 0) return { offset, length, sentences: meaning, paths: [] };
  const { count, paths } = coverage.ofPattern(pattern);
  const sentences = [...meaning, `It matches ${countFiles(count, coverage)}${count > samples ? ', among them:' : '.'}`];
  return { offset, length, sentences, paths: paths.slice(0, samples) };
}

function countEntry(entry: Entry, coverage: Coverage): [string, Matched] {
  const matched = coverage.ofEntry(entry);
  const name = nameOf(entry);
  const files = countFiles(matched.count, coverage);
  return entry.kind === 'rule'
    ? [`The rule "${name}" holds ${files}${reachWords(entry)}.`, matched]
    : [`The exception "${name}" lets ${files} through.`, matched];
}

function countRest(coverage: Coverage): [string, Matched] {
  return [
    `No rule of this policy matches ${countFiles(coverage.rest.count, coverage)}; this reach is theirs.`,
    coverage.rest,
  ];
}

function reachWords(rule: Entry): string {
  const reach = fieldOf(rule, 'reach');
  return isReach(reach) ? ` to "${reach}"` : '';
}

function tellTarget(of: string, outline: Outline): string {
  if (of === ownReach) return 'It lets files go farther than the reach of the whole file; rules still hold for them.';
  const rule = outline.rules.find((candidate) => fieldOf(candidate, 'id') === of);
  if (rule) {
    const files = rule.patterns.map(({ source }) => source).join(', ');
    return `The rule "${of}": ${files}${reachWords(rule)}.`;
  }
  const builtIn = builtInRules.find(({ id }) => id === of);
  return builtIn ? `The built-in rule "${of}": ${builtIn.reason}.` : `No rule of this file has the id "${of}".`;
}

function tellExpiry(entry: Entry, expires: string, today: string): string {
  if (expires === 'never') return 'It holds for good.';
  if (isOver(entry, today)) return `It ended on ${expires}; its files are held again.`;
  return `It holds until the end of ${expires} (UTC).`;
}

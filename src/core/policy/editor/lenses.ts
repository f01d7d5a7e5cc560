import type { Place } from '../reporter.ts';
import { countFiles } from './countFiles.ts';
import { isOver, type Coverage, type Matched } from './coverage.ts';
import { nameOf, type Entry, type Outline } from './outline.ts';

/** A line above an entry: how many files it is about, and which. */
export type Lens = Place & { readonly title: string; readonly subject: string; readonly files: Matched };

/** One lens for the reach of the whole file, and one for each rule and exception. */
export function lensesFor(outline: Outline, coverage: Coverage, today: string): readonly Lens[] {
  const { reach, rules, exceptions } = outline;
  const files = (matched: Matched): string => countFiles(matched.count, coverage);
  const lens = (place: Place, title: string, rest: Pick<Lens, 'subject' | 'files'>): Lens => {
    const { offset, length } = place;
    return { offset, length, title, ...rest };
  };
  return [
    ...(reach
      ? [
          lens(reach, `${files(coverage.rest)} without a rule`, {
            subject: 'Files without a rule',
            files: coverage.rest,
          }),
        ]
      : []),
    ...rules.map((rule) => {
      const held = coverage.ofEntry(rule);
      return lens(rule, files(held), { subject: `Files of the rule "${nameOf(rule)}"`, files: held });
    }),
    ...exceptions.map((exception) => {
      const through = coverage.ofEntry(exception);
      return lens(exception, exceptionTitle(exception, files(through), today), {
        subject: `Files of the exception "${nameOf(exception)}"`,
        files: through,
      });
    }),
  ];
}

function exceptionTitle(exception: Entry, files: string, today: string): string {
  return isOver(exception, today) ? 'ended' : `${files} let through`;
}

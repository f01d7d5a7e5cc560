import { headless, inGroup, notApplicable } from './vector.ts';

export const schemes = inGroup('C', [
  headless(48, 'The committed side of a comparison'),
  headless(49, 'Documents of other git extensions'),
  headless(50, 'A notebook cell'),
  headless(51, 'Outputs of a notebook'),
  headless(52, 'An output channel'),
  headless(53, 'A search editor with lines of a sensitive file'),
  headless(54, "The user's own settings and key bindings"),
  headless(55, 'Every other scheme that an extension may bring'),
  headless(56, 'A file that a custom editor shows', 'Held under its path, whichever editor shows it.'),
  headless(57, 'A merge editor'),
  notApplicable(58, 'A rendered preview', 'reading of web views and previews'),
  headless(59, 'Virtual documents of language services'),
  headless(60, 'Sources and values of the debugger', 'Debug documents; values are not read at all.'),
]);

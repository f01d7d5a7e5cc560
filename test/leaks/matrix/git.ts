import { headless, inGroup, notApplicable } from './vector.ts';

const changes = 'reading of diffs, logs or commit messages';

export const git = inGroup('E', [
  notApplicable(77, 'Commit messages from a staged difference', changes),
  notApplicable(78, 'A mention of the working tree’s changes', changes),
  notApplicable(79, 'Commits, blame, log', changes),
  headless(80, 'A deleted sensitive file in the history'),
  headless(
    81,
    'Patch and reject files with sensitive hunks',
    'Held like the files that its headers name; elsewhere found by value.',
  ),
  notApplicable(82, 'Descriptions of pull requests', changes),
  headless(83, 'A branch whose policy is looser'),
  headless(84, 'A remote’s address with a token in it'),
]);

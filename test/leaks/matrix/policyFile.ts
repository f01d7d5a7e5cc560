import { editor, headless, inGroup, notApplicable } from './vector.ts';

export const policyFile = inGroup('J', [
  headless(142, 'A program that edits or deletes the policy'),
  headless(143, 'A nested policy that relaxes the one above'),
  headless(144, 'A weakening that nobody committed'),
  headless(145, 'Syntax errors, a byte order mark, doubled keys'),
  headless(146, 'Unknown fields and versions'),
  headless(147, 'An empty file, an empty list'),
  headless(148, 'A policy that cannot be read'),
  headless(149, 'A request before the policy is loaded'),
  headless(150, 'A request while the policy is read again'),
  headless(151, 'A change that no watcher saw'),
  headless(152, 'Patterns that take for ever'),
  headless(153, 'Keys that reach into the parser'),
  editor(154, 'An untrusted workspace'),
  headless(155, 'Includes that leave the folder'),
  headless(156, 'A root that is a link to another repository'),
  headless(157, 'No git on the machine'),
  notApplicable(158, 'A policy server that does not answer', 'policy from a network'),
  headless(159, 'A policy for a newer version'),
  headless(160, 'A change of the code that leaves the check out'),
]);

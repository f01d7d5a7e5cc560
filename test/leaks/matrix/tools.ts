import { headless, inGroup, notApplicable } from './vector.ts';

const agent = 'agent and no tools that a model could call';
const terminal = 'reading of terminals and task output';

export const tools = inGroup('F', [
  headless(
    85,
    'Terminal text, clipboard or tool output',
    'None of them is read today; text with such an origin stays on the device all the same.',
  ),
  notApplicable(86, 'A shell command that prints a sensitive file', agent),
  notApplicable(87, 'The same behind quotes, globs, wrappers, other programs', agent),
  notApplicable(88, 'Listing the environment', agent),
  notApplicable(89, 'Searches and git commands that pass ignore files by', agent),
  notApplicable(90, 'Build and test output', terminal),
  headless(91, 'Tasks, launch and container files with secrets', 'Found by value when one is attached.'),
  headless(92, 'A flag by which the model switches the policy off', 'Requests carry no tools and no such parameter.'),
  notApplicable(93, 'A fallback search without the policy', agent),
  notApplicable(94, 'Counts of search results', agent),
  notApplicable(95, 'A write whose result shows the old text', agent),
  notApplicable(96, 'Notices of changed files that quote them', agent),
  notApplicable(97, 'Results of MCP servers', 'MCP client'),
  notApplicable(98, 'MCP resources and prompts', 'MCP client'),
  notApplicable(99, 'Language model tools of other extensions', agent),
  notApplicable(100, 'Fetching addresses', agent),
]);

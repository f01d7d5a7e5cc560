import { editor, headless, inGroup } from './vector.ts';

export const sideChannels = inGroup('K', [
  headless(161, 'Telemetry and error reports'),
  headless(162, 'Log files'),
  headless(163, 'The ledger'),
  headless(164, 'A server’s error that quotes the request'),
  headless(165, 'Synchronised settings and state'),
  headless(166, 'Chats on disk that others can read'),
  editor(167, 'Pictures and links in an answer that call out'),
  editor(168, 'Another extension that asks for a sensitive file'),
  headless(169, 'Sizes and counts of what was left out'),
  headless(170, 'A note to the model about what was left out'),
  headless(171, 'The policy itself in a prompt'),
  headless(172, 'Text of another file behind the cursor'),
]);

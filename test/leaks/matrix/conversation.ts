import { headless, inGroup, notApplicable, notBlockable } from './vector.ts';

export const conversation = inGroup('G', [
  headless(101, 'A local chat about a sensitive file, then a cloud model'),
  headless(102, 'An answer that repeats a sensitive file, then a cloud model'),
  headless(103, 'Falling back to the cloud when the local server is down'),
  headless(104, 'Retrying an answer with another model'),
  notApplicable(105, 'A summary of a long chat', 'summaries: what is too old for the model is left out'),
  notApplicable(106, 'A title made by a model', 'titles from models: a chat is called by its first line'),
  headless(107, 'A session restored after a restart'),
  headless(108, 'A session from somewhere else, with odd labels or none'),
  notApplicable(109, 'Memory and rules files written from a chat', 'memory beyond the chat itself'),
  notApplicable(110, 'A sub-agent that inherits less', 'agent'),
  headless(111, 'A question edited so that the attachment is gone'),
  headless(
    112,
    'A prompt cache shared between destinations',
    'Nothing of one backend’s prompts is used for another’s.',
  ),
  headless(113, 'A suggestion of a local model kept for later'),
  notBlockable(
    114,
    'An accepted suggestion that was made from sensitive text',
    'Once accepted it is text of the file that it stands in. Values of sensitive files are still found before a request leaves.',
  ),
]);

import { editor, headless, inGroup, notApplicable } from './vector.ts';

const pieces = 'Played with the pieces that are chosen for a completion prompt.';

export const direct = inGroup('A', [
  headless(1, 'Completion inside a sensitive file'),
  editor(2, 'The current file goes along with a chat question'),
  editor(3, 'The selection in a sensitive file goes along'),
  headless(4, 'A sensitive file mentioned by name in the chat'),
  notApplicable(5, 'A mentioned folder that holds a sensitive file', 'mention of whole folders'),
  headless(
    6,
    'The path or URI of a sensitive file dropped or pasted into the chat',
    'A path is text; no file is read.',
  ),
  headless(
    7,
    'An image, a PDF or another binary that is sensitive itself',
    'Models get text only; a binary that is attached is held under its path like any other file.',
  ),
  headless(8, 'A piece of a file that is open in another tab', pieces),
  headless(9, 'A range that was visited lately', pieces),
  headless(10, 'A range that was edited lately', pieces),
  headless(11, 'A file that has just become sensitive while it is in use'),
  headless(12, 'A file created under a sensitive pattern and then read'),
  editor(13, 'A sensitive file with unsaved changes'),
  editor(14, 'An untitled document with secret text'),
  headless(
    15,
    'An untitled document saved under a sensitive name',
    'What was sent while it had no name cannot be called back; by default it has not left the device.',
  ),
  headless(16, 'An ordinary file that quotes a sensitive one', 'Found by value, before the request leaves.'),
  headless(17, 'A name or path that is sensitive itself'),
]);

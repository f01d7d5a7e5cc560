import { headless, inGroup, notApplicable } from './vector.ts';

export const transfer = inGroup('H', [
  headless(
    115,
    'Text of a sensitive file pasted into the chat',
    'Known as a copy where it was copied in this window; else found by value.',
  ),
  headless(116, 'Text of a sensitive file pasted into another file', 'Found by value.'),
  headless(117, 'A secret typed by hand', 'Known kinds of tokens and keys.'),
  headless(118, 'A secret under base64, hexadecimal or percent escapes', 'One layer; nothing is unpacked.'),
  notApplicable(119, 'A screenshot', 'sending of images'),
  headless(
    120,
    'Dictation, the commit message box and other inputs',
    'Their documents have no place a rule could hold for.',
  ),
]);

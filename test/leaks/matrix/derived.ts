import { headless, inGroup, notApplicable } from './vector.ts';

const language = 'use of what language services say: hovers, types, diagnostics, symbols, references';
const lists =
  'Of the item that is selected in the editor’s list: a word that the document itself does not hold stays on this machine until it is accepted. Nothing else of the kind is read.';

export const derived = inGroup('D', [
  headless(61, 'A definition in a sensitive file', 'Played with the pieces that are chosen for a completion prompt.'),
  notApplicable(62, 'Hover or type text that quotes a sensitive file', language),
  headless(63, 'Text of completion items, inlay hints, signatures', lists),
  headless(64, 'A text made from several files, one of them sensitive', 'Played as a piece with two origins.'),
  notApplicable(65, 'Lists of references', language),
  notApplicable(66, 'Names of workspace symbols', language),
  headless(67, 'Outline, repository map, tags', 'Completion prompts may hold the heads of what a file defines.'),
  notApplicable(68, 'Context from a TypeScript server plug-in', language),
  headless(
    69,
    'An index older than the policy',
    'There are no embeddings; pieces of files are kept in memory for prompts.',
  ),
  notApplicable(70, 'Embeddings computed in the cloud', 'embeddings'),
  headless(71, 'A chunk that spans two files'),
  headless(
    72,
    'Side requests for titles, summaries, ranking',
    'A question makes one request, to the model that was chosen.',
  ),
  headless(73, 'Bundles and source maps that hold sensitive text', 'Found by value.'),
  headless(74, 'Generated code with secrets in it', 'Known kinds of tokens, and values of sensitive files.'),
  headless(
    75,
    'Snapshots, fixtures, recorded traffic with secrets',
    'Known kinds of tokens, and values of sensitive files.',
  ),
  headless(76, 'Type stubs made from a sensitive file', 'Found by value.'),
]);

import { joinLabels, labelled, reveal, type Labelled } from '../label/labelled.ts';
import type { Spot } from './spot.ts';

/** The other cells of a notebook, in the order in which they stand, each read under its own label. */
export type OtherCells = { readonly above: readonly Labelled[]; readonly below: readonly Labelled[] };

/**
 * The spot as if the cells of its notebook were one text, so that what is defined in other cells is known. That text carries
 * the labels of all cells: it may go only where every one of them may.
 */
export function amongCells({ document, offset }: Spot, { above, below }: OtherCells): Spot {
  if (above.length + below.length === 0) return { document, offset };
  const before = above.map((cell) => `${reveal(cell)}${gap}`).join('');
  const after = below.map((cell) => `${gap}${reveal(cell)}`).join('');
  const label = joinLabels([...above, document.text, ...below].map((text) => text.label));
  const text = labelled(before + reveal(document.text) + after, label);
  return { document: { ...document, text, lead: before.length }, offset: before.length + offset };
}

/** Between two cells, as between two functions. */
const gap = '\n\n';

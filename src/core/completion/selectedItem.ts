import { mapLabelled } from '../label/labelled.ts';
import type { DocumentSnapshot } from './documentSnapshot.ts';
import type { Spot } from './spot.ts';

/** The item selected in the editor's own list: what would replace the text from `start` to `end`. */
export type SelectedItem = { readonly start: number; readonly end: number; readonly text: string };

/**
 * The spot as it would be with the item accepted, so that a suggestion goes on from it. Its version is the document's and
 * the item's: two items at one place are two places.
 */
export function withSelectedItem(spot: Spot, item: SelectedItem): Spot {
  const text = mapLabelled(
    spot.document.text,
    (whole) => whole.slice(0, item.start) + item.text + whole.slice(item.end),
  );
  const document: DocumentSnapshot = {
    ...spot.document,
    text,
    version: spot.document.version + itemFraction(item.text),
  };
  return { document, offset: item.start + item.text.length };
}

/** Between 0 and 1: document versions are whole numbers. */
function itemFraction(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) % 1_000_003;
  return (hash + 1) / 1_000_005;
}

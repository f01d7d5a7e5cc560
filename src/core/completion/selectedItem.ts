import { joinLabels, labelled, labelOf, reveal, type Label } from '../label/labelled.ts';
import type { DocumentSnapshot } from './documentSnapshot.ts';
import { ownReach, type Spot } from './spot.ts';

/** The item selected in the editor's own list: what would replace the text from `start` to `end`. */
export type SelectedItem = { readonly start: number; readonly end: number; readonly text: string };

/**
 * The spot as it would be with the item accepted, so that a suggestion goes on from it. Its version is the document's and
 * the item's: two items at one place are two places. Nobody has accepted it yet, and the editor finds its items in other
 * files, too, without saying in which: one that says more than the document itself keeps the text on this machine.
 */
export function withSelectedItem(spot: Spot, item: SelectedItem): Spot {
  const whole = reveal(spot.document.text);
  const { label } = spot.document.text;
  const document: DocumentSnapshot = {
    ...spot.document,
    text: labelled(
      whole.slice(0, item.start) + item.text + whole.slice(item.end),
      isTold(item.text, whole) ? label : joinLabels([label, itemLabel]),
    ),
    ownReach: ownReach(spot),
    version: spot.document.version + itemFraction(item.text),
  };
  return { document, offset: item.start + item.text.length };
}

/** Whether every word of an item stands in the document already. */
function isTold(item: string, whole: string): boolean {
  return (item.match(/[\p{L}\p{N}_$]+/gu) ?? []).every((word) => whole.includes(word));
}

const itemLabel: Label = labelOf([
  { provenance: { kind: 'tool', name: "the editor's list" }, reach: 'device', rules: [] },
]);

/** Between 0 and 1: document versions are whole numbers. */
function itemFraction(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) % 1_000_003;
  return (hash + 1) / 1_000_005;
}

import { withSelectedItem as original, type SelectedItem } from '../../../src/core/completion/selectedItem.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import { labelled, reveal } from '../../../src/core/label/labelled.ts';

export * from '../../../src/core/completion/selectedItem.ts';

/** An item of the editor's list goes wherever the document may go in which it is selected. */
export function withSelectedItem(spot: Spot, item: SelectedItem): Spot {
  const { document, offset } = original(spot, item);
  return { document: { ...document, text: labelled(reveal(document.text), spot.document.text.label) }, offset };
}

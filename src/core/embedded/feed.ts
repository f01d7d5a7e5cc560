import type { DocumentSnapshot } from '../completion/documentSnapshot.ts';
import { reveal } from '../label/labelled.ts';
import type { EmbeddedIndex } from './embeddedIndex.ts';

/** Lets the engine read a document as it is now, under the label that it was read with. */
export function feed(
  index: Pick<EmbeddedIndex, 'update'>,
  { uri, text }: Pick<DocumentSnapshot, 'uri' | 'text'>,
): void {
  index.update(uri, reveal(text), text.label);
}

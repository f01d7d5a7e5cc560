import { labelled, productLabel, type Label } from '../../src/core/label/labelled.ts';
import type { DocumentSnapshot, Indent } from '../../src/core/completion/documentSnapshot.ts';
import type { Spot } from '../../src/core/completion/spot.ts';

export type Around = {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly indent: Indent;
  readonly label: Label;
};

/** The spot at the cursor sign `█` in a text. */
export function at(text: string, around: Partial<Around> = {}): Spot {
  const offset = text.indexOf('█');
  if (offset < 0) throw new Error(`no █ in ${JSON.stringify(text)}`);
  const { uri = 'file:///work/src/sample.ts', languageId = 'typescript', version = 1, label = productLabel } = around;
  const { indent = { tabs: false, size: 2 } } = around;
  const document: DocumentSnapshot = {
    uri,
    display: uri.replace('file:///work/', ''),
    languageId,
    version,
    text: labelled(text.replace('█', ''), label),
    indent,
  };
  return { document, offset };
}

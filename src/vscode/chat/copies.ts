import type * as vscode from 'vscode';
import { createCopies, cutPieces } from '../../core/chat/copies.ts';
import type { Label } from '../../core/label/labelled.ts';
import type { Reader } from '../reader.ts';

/** What was copied out of editors of this window, by its label. */
export type CopyMemory = {
  readonly remember: (document: vscode.TextDocument, ranges: readonly vscode.Range[]) => Promise<void>;
  readonly find: (text: string) => Label | undefined;
};

export function createCopyMemory(reader: Reader): CopyMemory {
  const copies = createCopies([secretNumber(), secretNumber()]);
  return {
    find: copies.find,
    remember: async (document, ranges) => {
      const spans = ranges.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
      // The text as it is now, for a cut takes it away; the label once every name of the file is known.
      const piece = cutPieces(reader.document(document).text, spans);
      copies.remember(piece, (await reader.resolved(document)).text.label);
    },
  };
}

function secretNumber(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 300 + (random % 59_999_700);
}

import { reveal } from '../label/labelled.ts';
import type { ContextPiece } from '../prompt/completionPrompt.ts';

/**
 * Puts newly chosen pieces in the order they stood in before, new ones behind, so that as much as possible of the prompt's
 * beginning stays what a server has already evaluated. The pieces themselves, and with them their labels, are the new ones.
 */
export function settle(before: readonly ContextPiece[], now: readonly ContextPiece[]): readonly ContextPiece[] {
  const places = new Map(before.map((piece, at) => [reveal(piece.text), at]));
  const place = (piece: ContextPiece): number => places.get(reveal(piece.text)) ?? before.length;
  return now.toSorted((a, b) => place(a) - place(b));
}

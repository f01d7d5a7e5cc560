import { surroundings, type Spot } from './spot.ts';

/** What the editor is doing at the moment of asking. */
export type EditorFacts = {
  readonly cursors: number;
  readonly hasSelection: boolean;
  /** Shown in a comparison, or a document that nobody writes code in: output, settings, logs. */
  readonly aside: boolean;
  /** An item of the editor's own list is selected, and the user neither wants suggestions beside the list nor asks for one. */
  readonly listAlone?: boolean;
  /** A stop of a snippet is being filled in, where the editor shows no suggestions. */
  readonly inSnippet?: boolean;
};

/** Why nothing is asked here. */
export type GateReason =
  | 'cursors'
  | 'selection'
  | 'aside'
  | 'list'
  | 'snippet'
  | 'huge'
  | 'long-line'
  | 'minified'
  | 'mid-word'
  | 'nothing-yet';

/** Whether a place is one where anyone wants a suggestion; the reason where it is none. `explicit`: the user asked. */
export function gate(spot: Spot, facts: EditorFacts, { explicit }: { explicit: boolean }): GateReason | undefined {
  if (facts.cursors !== 1) return 'cursors';
  if (facts.hasSelection) return 'selection';
  if (facts.aside) return 'aside';
  if (facts.listAlone) return 'list';
  if (!explicit && facts.inSnippet) return 'snippet';
  if (spot.document.text.length > 1_000_000) return 'huge';
  const { text, head, rest } = surroundings(spot);
  if (head.length + rest.length > longLine) return 'long-line';
  if (isMinified(text, spot.offset)) return 'minified';
  if (!explicit && word.test(rest)) return 'mid-word';
  if (!explicit && text.slice(0, 400).trim().length < 3) return 'nothing-yet';
  return undefined;
}

/** UTF-16 units of a line that nobody has written. */
export const longLine = 2_000;
/** How many are looked at on each side of the cursor. */
const nearUnits = 5_000;

const word = /^[\p{L}\p{N}_$]/u;

/** Whether the lines around the cursor are longer on average than people write them. */
function isMinified(text: string, offset: number): boolean {
  const near = text.slice(Math.max(0, offset - nearUnits), offset + nearUnits);
  return near.length > longLine * near.split('\n').length;
}

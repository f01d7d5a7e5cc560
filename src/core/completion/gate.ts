import { surroundings, type Spot } from './spot.ts';

/** What the editor is doing at the moment of asking. */
export type EditorFacts = {
  readonly cursors: number;
  readonly hasSelection: boolean;
  /** Shown in a comparison, or a document that nobody writes code in: output, settings, logs. */
  readonly aside: boolean;
};

/** Why nothing is asked here. */
export type GateReason = 'cursors' | 'selection' | 'aside' | 'huge' | 'long-line' | 'mid-word' | 'nothing-yet';

/** Whether a place is one where anyone wants a suggestion; the reason where it is none. `explicit`: the user asked. */
export function gate(spot: Spot, facts: EditorFacts, { explicit }: { explicit: boolean }): GateReason | undefined {
  if (facts.cursors !== 1) return 'cursors';
  if (facts.hasSelection) return 'selection';
  if (facts.aside) return 'aside';
  if (spot.document.text.length > 1_000_000) return 'huge';
  const { text, head, rest } = surroundings(spot);
  if (head.length + rest.length > 2_000) return 'long-line';
  if (!explicit && word.test(rest.slice(0, 1))) return 'mid-word';
  if (!explicit && text.slice(0, 400).trim().length < 3) return 'nothing-yet';
  return undefined;
}

const word = /^[\p{L}\p{N}_$]/u;

import type { Labelled } from '../label/labelled.ts';
import type { Reach } from '../label/reach.ts';

/** A document at one version, read once and labelled as it was read. */
export type DocumentSnapshot = {
  readonly uri: string;
  /** The path that the user and the model read: below the workspace folder, with `/`. */
  readonly display: string;
  readonly languageId: string;
  readonly version: number;
  /** The whole text with the document's own line ends; offsets count its UTF-16 units. */
  readonly text: Labelled;
  /** How far the document itself may go. Set where `text` holds what is not in the document yet and may go less far. */
  readonly ownReach?: Reach;
  /** How many of those units stand before the document's own: of a notebook's cell, the cells above it. */
  readonly lead?: number;
  readonly indent: Indent;
};

/** How the editor indents here. `size` is the columns of one step, also where steps are tabs. */
export type Indent = { readonly tabs: boolean; readonly size: number };

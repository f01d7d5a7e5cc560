import type { Label } from '../label/labelled.ts';

/** One file as the index knows it. */
export type CorpusFile = {
  readonly uri: string;
  readonly owner: number;
  label: Label;
  hashes: Int32Array;
  /** Where each line's break stands in the arena, its tokens behind it; -1 for a line without tokens. */
  starts: Int32Array;
  /** Where each line's tokens end. */
  ends: Int32Array;
  /** When it was last put here, in updates. */
  touched: number;
};

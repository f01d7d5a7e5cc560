import type { PolicyFileKind } from '../policyFile.ts';
import type { Place } from '../reporter.ts';
import type { TextEdit } from './edit.ts';
import type { Finding } from './finding.ts';
import type { Outline } from './outline.ts';

/** A change that the author may want, ready to be made. */
export type Fix = {
  /** What it does, as an imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the likeliest of those offered for its place. */
  readonly preferred: boolean;
};

/** A policy as it is in the editor, and one remark about it. */
export type FixContext = {
  readonly text: string;
  readonly outline: Outline;
  readonly kind: PolicyFileKind;
  /** Where the remark stands: an error of the parser, or a finding. */
  readonly place: Place;
  readonly finding?: Pick<Finding, 'kind'>;
};

import type { Labelled } from '../label/labelled.ts';
import type { RuleRef } from '../policy/ruleRef.ts';
import type { Declassification, LeaveOffer } from './declassification.ts';

/** The exact preview of a part that the user may send beyond its reach, while it is open. */
export type OpenOffer = {
  readonly id: string;
  /** The answer that the part would be sent for. */
  readonly answer: string;
  readonly title: string;
  readonly text: Labelled;
  readonly rules: readonly RuleRef[];
  readonly why: string;
  readonly offer: LeaveOffer;
};

/** What the user has agreed to: which part, what it is called, and the proof for the guard. */
export type Leave = { readonly part: string; readonly title: string; readonly declassification: Declassification };

/** All that the user has agreed to for one answer, until it is sent. */
export type Granted = { readonly answer: string; readonly leaves: readonly Leave[] };

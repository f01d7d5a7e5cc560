import type { ModelRef } from '../exchange/model.ts';
import type { Zone } from '../label/reach.ts';

/** Where a declassified text may go, and nowhere else. */
export type LeaveDestination = { readonly model: ModelRef; readonly zone: Zone; readonly origin: string };

/** What the guard would accept the user's leave for: this text, as part of this prompt, to this place, under this policy. */
export type LeaveOffer = {
  /** Id of the prompt's part. */
  readonly part: string;
  /** Keyed hash of the exact text, as hex. */
  readonly preview: string;
  readonly destination: LeaveDestination;
  /** Hash of the policy that allows it. */
  readonly policy: string;
};

/** `id` is good for one request; `at` is when the user agreed, in milliseconds since 1970. */
export type LeaveTerms = LeaveOffer & { readonly id: string; readonly at: number };

/**
 * The user's leave for one text to go, once, to one place beyond its reach. It cannot be made by hand, copied with other
 * terms or restored from disk. The text keeps its label, and so does the answer that is made with it.
 */
export type Declassification = Leave;

/** Turns the user's second deliberate act, on the exact preview, into a leave. */
export function mintDeclassification(terms: LeaveTerms): Declassification {
  return new Leave(terms);
}

/** The terms of a leave that was minted here; undefined for whatever else claims to be one. */
export function termsOf(value: unknown): LeaveTerms | undefined {
  return Leave.termsOf(value);
}

class Leave {
  readonly #terms: LeaveTerms;

  constructor({ id, at, part, preview, destination, policy }: LeaveTerms) {
    const { model, zone, origin } = destination;
    const place = Object.freeze({ model: Object.freeze({ ...model }), zone, origin });
    this.#terms = Object.freeze({ id, at, part, preview, destination: place, policy });
    Object.freeze(this);
  }

  static termsOf(this: void, value: unknown): LeaveTerms | undefined {
    return typeof value === 'object' && value !== null && #terms in value ? value.#terms : undefined;
  }
}

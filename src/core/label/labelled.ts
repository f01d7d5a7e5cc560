import { nearest, type Reach } from './reach.ts';
import type { Provenance } from './provenance.ts';
import type { RuleRef } from '../policy/ruleRef.ts';

/** One origin of a text, with what the policy said of it when it was read. */
export type Origin = { readonly provenance: Provenance; readonly reach: Reach; readonly rules: readonly RuleRef[] };

/** Everything known about where a text came from. `reach` is the nearest of its origins; without origins, `device`. */
export type Label = { readonly reach: Reach; readonly origins: readonly Origin[] };

/** A text that may leave only through the guard. Prints, serialises and spreads as its label. */
export type Labelled = LabelledText;

/** Puts a label on a text at the moment it is read. */
export function labelled(text: string, label: Label): Labelled {
  return new LabelledText(text, label);
}

/** Opens a labelled text. Only `core/` and the guard may import this; the architecture test holds it there. */
export function reveal(text: Labelled): string {
  return LabelledText.open(text);
}

/** The label of one or more origins. No origin at all means that the label was lost: the text stays on the device. */
export function labelOf(origins: readonly Origin[]): Label {
  if (origins.length === 0) return unlabelled;
  return Object.freeze({
    reach: nearest(...origins.map((origin) => origin.reach)),
    origins: Object.freeze([...origins]),
  });
}

/** The label of a text made from several others: the nearest reach, the origins of all (each once). Of none: lost. */
export function joinLabels(labels: readonly Label[]): Label {
  const origins = [
    ...new Map(labels.flatMap((label) => label.origins).map((origin) => [originKey(origin), origin])).values(),
  ];
  if (labels.length === 0) return unlabelled;
  return Object.freeze({ reach: nearest(...labels.map((label) => label.reach)), origins: Object.freeze(origins) });
}

/** A text derived from a labelled one by a pure function keeps the label. */
export function mapLabelled(text: Labelled, change: (text: string) => string): Labelled {
  return labelled(change(reveal(text)), text.label);
}

/** What a missing label means. */
export const unlabelled: Label = Object.freeze({
  reach: 'device',
  origins: Object.freeze([
    Object.freeze({ provenance: Object.freeze({ kind: 'unknown' }), reach: 'device', rules: Object.freeze([]) }),
  ]),
});

/** The label of Ringfence's own words. */
export const productLabel: Label = Object.freeze({
  reach: 'cloud',
  origins: Object.freeze([
    Object.freeze({ provenance: Object.freeze({ kind: 'product' }), reach: 'cloud', rules: Object.freeze([]) }),
  ]),
});

class LabelledText {
  readonly #text: string;
  readonly label: Label;

  constructor(text: string, label: Label) {
    this.#text = text;
    this.label = label;
    Object.freeze(this);
  }

  static open(this: void, text: LabelledText): string {
    return text.#text;
  }

  /** UTF-16 units; sizes are no secret on this side of the guard. */
  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return `[labelled text, reach ${this.label.reach}]`;
  }

  toJSON(): never {
    throw new Error('A labelled text does not serialise: only the guard may open it.');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

function originKey(origin: Origin): string {
  return JSON.stringify([origin.provenance, origin.reach, origin.rules]);
}

import { joinLabels, labelled, type Label, type Labelled } from '../label/labelled.ts';
import { compacted, wantsCompaction } from './compact.ts';
import { readCursor } from './cursor.ts';
import { cursorLine, fitIn } from './fitIn.ts';
import { foretell } from './foretell.ts';
import { locate } from './locate.ts';
import { createCorpus, type Corpus } from './corpus.ts';
import { surePart, worthReading, type SurePart } from './surePart.ts';

/** Completes code from the code itself, in this process: what followed the same tokens elsewhere. */
export type EmbeddedIndex = {
  /**
   * Reads a file or what changed in it; as one types, that is a fraction of a millisecond. Neither a file that may reach no
   * model is read nor one that is too large to be written by hand.
   */
  readonly update: (uri: string, text: string, label: Label) => void;
  /** Forgets a file. */
  readonly remove: (uri: string) => void;
  /** The rest of the cursor's line, or the sure part of it; nothing if that is not sure enough. */
  readonly complete: (place: EmbeddedPlace) => EmbeddedAnswer | undefined;
  /** Frees the room of erased text. To be called when idle: takes some milliseconds if there is much of it. */
  readonly tidy: () => void;
};

export type EmbeddedOptions = {
  /** Most tokens kept, 17 bytes each; beyond it the files that were not touched for longest are forgotten. */
  readonly capacity?: number;
  /** Least confidence that is shown, 0 to 1. */
  readonly threshold?: number;
};

/** A cursor. `update` the file first if its text has changed; the cursor's own line teaches nothing in any case. */
export type EmbeddedPlace = {
  readonly uri: string;
  /** Text before the cursor, at least the last lines of it. */
  readonly prefix: string;
  /** Text behind the cursor, at least the next lines of it. */
  readonly suffix: string;
};

export type EmbeddedAnswer = {
  /** To be inserted at the cursor. Its label is that of all the files that taught it. */
  readonly text: Labelled;
  /** About the share of answers like this one that are right, as measured, 0 to 1. */
  readonly confidence: number;
  /** Whether the line is thought to end with it. */
  readonly wholeLine: boolean;
};

/** Makes an empty index. */
export function createEmbeddedIndex(options: EmbeddedOptions = {}): EmbeddedIndex {
  const { capacity = 400_000, threshold = defaultThreshold } = options;
  let corpus = createCorpus(capacity);
  /** Texts that did not fit even when others had made room, by their length: not tried again at every key. */
  const tooLarge = new Map<string, number>();

  return {
    update(uri, text, label) {
      if (label.reach === 'none' || text.length > longestText) {
        corpus.drop(uri);
        return;
      }
      if (text.length > (tooLarge.get(uri) ?? Infinity) / 2 || corpus.put(uri, text, label)) return;
      corpus = compacted(corpus, capacity, capacity / 2);
      if (corpus.put(uri, text, label)) return;
      corpus.drop(uri);
      tooLarge.set(uri, text.length);
    },
    remove(uri) {
      corpus.drop(uri);
      tooLarge.delete(uri);
    },
    complete({ uri, prefix, suffix }) {
      const cursor = readCursor(prefix, corpus.vocabulary);
      const steps = foretell(corpus, { cursor, standing: locate(corpus, uri, prefix) }, threshold);
      const sure = surePart(steps, threshold);
      const text = sure && fitIn(sure.text, cursorLine(prefix, suffix));
      return sure && text !== undefined && worthReading(text, sure.wholeLine) ? answer(corpus, sure, text) : undefined;
    },
    tidy() {
      if (wantsCompaction(corpus)) corpus = compacted(corpus, capacity, capacity);
    },
  };
}

/** Chosen on the benchmark: about two of three next lines shown are right, three of four while typing. */
const defaultThreshold = 0.55;

/** UTF-16 units. Longer files are data or generated. */
const longestText = 600_000;

/** `text` is what of the sure part fits in at the cursor. */
function answer(corpus: Corpus, sure: SurePart, text: string): EmbeddedAnswer {
  const teachers = [...sure.owners].map((owner) => corpus.owned(owner)).filter((file) => file !== undefined);
  return {
    text: labelled(text, joinLabels(teachers.map((file) => file.label))),
    confidence: sure.confidence,
    wholeLine: sure.wholeLine && text === sure.text,
  };
}

import { keepNewest } from '../completion/keepNewest.ts';
import type { Spot } from '../completion/spot.ts';
import { reveal } from '../label/labelled.ts';
import { mayReach, type Zone } from '../label/reach.ts';
import type { ContextPiece } from '../prompt/completionPrompt.ts';
import { candidatesFor, type Candidate } from './candidates.ts';
import { holds } from './holds.ts';
import type { Outliner } from './outline.ts';
import { createProject } from './project.ts';
import type { SourceFile } from './projectFile.ts';
import { queryAt } from './query.ts';
import { rank } from './rank.ts';
import { settle } from './settle.ts';
import { pieceOf } from './pieceOf.ts';
import { createTrail } from './trail.ts';

/** Pieces of other files that help where one writes, chosen ahead of need. */
export type ContextSource = {
  /**
   * Reads a file that pieces may come from, unless it may reach no model. A large one takes some milliseconds: for idle times,
   * one file at a time.
   */
  readonly update: (source: SourceFile) => void;
  /** A file is no longer as it was read: no piece of it is handed out until it is read again. False if it never was read. */
  readonly outdate: (uri: string) => boolean;
  /** Forgets a file: the pieces of it that were chosen are handed out no more. */
  readonly remove: (uri: string) => void;
  /** Notes what the developer does with a file: files that are edited or open count more. */
  readonly note: (uri: string, what: 'edited' | 'opened' | 'closed') => void;
  /** Chooses pieces anew for the file of the spot. For idle times: a change alters the beginning of the next prompt. */
  readonly prepare: (spot: Spot, limits: ContextLimits) => readonly ContextPiece[];
  /** What was chosen last for a file, at once, as far as it still stands in the files it was taken from. */
  readonly ready: (uri: string) => readonly ContextPiece[];
};

export type ContextLimits = {
  /** UTF-16 units of all pieces together. */
  readonly budget: number;
  /** Where the prompt will go, if that is known: pieces that may not go there are not chosen. */
  readonly zone?: Zone;
};

/**
 * Makes a source without files. It holds at most `capacity` UTF-16 units of them and forgets what was read first. What the
 * `outliner` does not know is read by the shape of its lines.
 */
export function createContextSource({ capacity = 6_000_000, outliner = unknown }: ContextSetup = {}): ContextSource {
  const project = createProject(capacity, outliner);
  const trail = createTrail();
  const chosen = new Map<string, Chosen>();
  const outdated = new Set<string>();

  const remove = (uri: string): void => {
    outdated.delete(uri);
    project.remove(uri);
  };
  const stands = (from: Candidate | undefined): boolean =>
    from !== undefined && !outdated.has(from.file.source.uri) && holds(from, project.find(from.file.source.uri));

  return {
    update(source) {
      outdated.delete(source.uri);
      if (source.text.label.reach === 'none') remove(source.uri);
      else project.update(source);
    },
    outdate: (uri) => {
      const isKnown = project.find(uri) !== undefined;
      if (isKnown) outdated.add(uri);
      return isKnown;
    },
    remove,
    note: trail.note,
    prepare({ document, offset }, { budget, zone }) {
      const { uri, display, languageId, text } = document;
      const query = queryAt({ uri, display, languageId, text: reveal(text), offset });
      const candidates = candidatesFor(query, project, trail.current()).filter(
        ({ file: { source } }) =>
          !outdated.has(source.uri) && (zone === undefined || mayReach(source.text.label.reach, zone)),
      );
      const from = new Map(rank(query, candidates, { budget }).map((candidate) => [pieceOf(candidate), candidate]));
      const pieces = settle(chosen.get(uri)?.pieces ?? [], [...from.keys()]);
      chosen.delete(uri);
      chosen.set(uri, { pieces, from });
      keepNewest(chosen, filesRemembered);
      return pieces;
    },
    ready: (uri) => {
      const { pieces, from } = chosen.get(uri) ?? nothing;
      const standing = pieces.filter((piece) => stands(from.get(piece)));
      return standing.length === pieces.length ? pieces : standing;
    },
  };
}

/** Pieces in the order in which they stand in prompts, and what each was taken from. */
type Chosen = {
  readonly pieces: readonly ContextPiece[];
  readonly from: ReadonlyMap<ContextPiece, Candidate>;
};

const nothing: Chosen = { pieces: [], from: new Map() };

type ContextSetup = { readonly capacity?: number; readonly outliner?: Outliner };

const unknown: Outliner = () => undefined;

/** For how many files the last choice is kept. */
const filesRemembered = 24;

/** One way in which a sensitive file could get out. */
export type Vector = { readonly id: number; readonly group: GroupId; readonly title: string; readonly status: Status };

export type Status =
  /** Played against the real parts without an editor. `note` says what the play covers where the title promises more. */
  | { readonly kind: 'headless'; readonly note?: string }
  /** Played in a real VS Code. */
  | { readonly kind: 'editor'; readonly note?: string }
  /** No program in the place of this one could block it. */
  | { readonly kind: 'not blockable'; readonly why: string }
  /** The feature that would leak does not exist. */
  | { readonly kind: 'not applicable'; readonly missing: string };

export const groups = {
  A: 'Direct collection',
  B: 'Path identity',
  C: 'URI schemes and editors',
  D: 'Derived and semantic context',
  E: 'Git',
  F: 'Terminal, tasks, tools',
  G: 'Conversation state',
  H: 'Human transfer',
  I: 'Destination',
  J: 'Policy file',
  K: 'Side channels',
} as const;

export type GroupId = keyof typeof groups;

/** An entry of a group before it knows its group. */
type Entry = Omit<Vector, 'group'>;

/** The vectors of one group. */
export function inGroup(group: GroupId, entries: readonly Entry[]): readonly Vector[] {
  return entries.map((entry) => ({ ...entry, group }));
}

export function headless(id: number, title: string, note?: string): Entry {
  return { id, title, status: { kind: 'headless', ...(note !== undefined && { note }) } };
}

export function editor(id: number, title: string, note?: string): Entry {
  return { id, title, status: { kind: 'editor', ...(note !== undefined && { note }) } };
}

export function notBlockable(id: number, title: string, why: string): Entry {
  return { id, title, status: { kind: 'not blockable', why } };
}

/** `missing` completes the sentence "Ringfence has no …". */
export function notApplicable(id: number, title: string, missing: string): Entry {
  return { id, title, status: { kind: 'not applicable', missing } };
}

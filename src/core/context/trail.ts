/** What is known of the developer's way through the files, newest first. */
export type Trail = { readonly edited: readonly string[]; readonly open: readonly string[] };

/** Remembers which files were written in and opened last. */
export function createTrail(): {
  readonly note: (uri: string, what: 'edited' | 'opened' | 'closed') => void;
  readonly current: () => Trail;
} {
  let trail: Trail = { edited: [], open: [] };
  return {
    note(uri, what) {
      const without = (list: readonly string[]): readonly string[] => list.filter((other) => other !== uri);
      if (what === 'edited') trail = { ...trail, edited: [uri, ...without(trail.edited)].slice(0, longest) };
      else trail = { ...trail, open: [...(what === 'opened' ? [uri] : []), ...without(trail.open)].slice(0, longest) };
    },
    current: () => trail,
  };
}

const longest = 20;

/** How someone types: the last gaps between keys, in milliseconds, pauses left out. */
export type Tempo = { readonly gaps: readonly number[]; readonly lastKey?: number };

export const unknownTempo: Tempo = { gaps: [] };

/** One more key at `now`. */
export function keyAt(tempo: Tempo, now: number): Tempo {
  const gap = tempo.lastKey === undefined ? Infinity : now - tempo.lastKey;
  return { gaps: gap < 600 ? [...tempo.gaps.slice(-23), gap] : tempo.gaps, lastKey: now };
}

/** The median gap, 150 ms until there is something to go by. */
export function medianGap({ gaps }: Tempo): number {
  if (gaps.length < 4) return 150;
  return [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 150;
}

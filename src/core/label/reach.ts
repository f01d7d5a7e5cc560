/** Where bytes end up, nearest first. */
export const zones = ['device', 'perimeter', 'cloud'] as const;

/** Where the bytes of one request end up: this machine, a server the organisation runs, or anything farther. */
export type Zone = (typeof zones)[number];

/** The farthest zone a text may go to; `none` keeps it out of every model. */
export type Reach = 'none' | Zone;

export const reaches = ['none', ...zones] as const satisfies readonly Reach[];

/** Whether a text with this reach may go to that zone. */
export function mayReach(reach: Reach, zone: Zone): boolean {
  return distance[reach] >= distance[zone];
}

/** The nearest of several reaches; of none at all it is `cloud`, the neutral element of the join. */
export function nearest(...candidates: readonly Reach[]): Reach {
  return candidates.reduce<Reach>((a, b) => (distance[b] < distance[a] ? b : a), 'cloud');
}

/** The farthest of several zones; of none at all it is `device`. */
export function farthest(...candidates: readonly Zone[]): Zone {
  return candidates.reduce<Zone>((a, b) => (distance[b] > distance[a] ? b : a), 'device');
}

/** Narrows a foreign value to a reach, exact spelling only. */
export function isReach(value: unknown): value is Reach {
  return reaches.some((reach) => reach === value);
}

const distance: Readonly<Record<Reach, number>> = { none: 0, device: 1, perimeter: 2, cloud: 3 };

import { createRandom } from './random.ts';
import { createSession } from './session.ts';
import { begin, steps } from './steps.ts';
import { zones, type Zone } from '../../../src/core/label/reach.ts';

export type FuzzResult = {
  readonly sessions: number;
  readonly seed: number;
  readonly steps: number;
  /** How often words of files arrived in each zone, as they may. */
  readonly arrivals: Readonly<Record<Zone, number>>;
  /** How often something went by agreement, a model stepped in by itself, and a copy was known where it was pasted. */
  readonly beyond: { readonly agreed: number; readonly steppedIn: number; readonly pasted: number };
  /** What went where it may not, with the seed that plays the session again. */
  readonly leaks: readonly { readonly seed: number; readonly step: string; readonly what: string }[];
};

const stepsPerSession = 16;

/** Plays so many sessions; the one at `seed + n` is the same in every run. */
export async function fuzz({
  sessions,
  seed,
}: {
  readonly sessions: number;
  readonly seed: number;
}): Promise<FuzzResult> {
  const arrivals = { device: 0, perimeter: 0, cloud: 0 };
  const beyond = { agreed: 0, steppedIn: 0, pasted: 0 };
  const leaks: FuzzResult['leaks'][number][] = [];
  for (let at = 0; at < sessions; at++) {
    const played = await playSession(seed + at);
    leaks.push(...played.leaks);
    for (const zone of zones) arrivals[zone] += played.arrivals[zone];
    for (const way of ['agreed', 'steppedIn', 'pasted'] as const) beyond[way] += played.beyond[way];
  }
  return { sessions, seed, steps: sessions * stepsPerSession, arrivals, beyond, leaks };
}

async function playSession(seed: number): Promise<Pick<FuzzResult, 'arrivals' | 'beyond' | 'leaks'>> {
  const random = createRandom(seed);
  const session = createSession();
  const leaks: FuzzResult['leaks'][number][] = [];
  await begin(session, random);
  for (let step = 0; step < stepsPerSession; step++) {
    const [name, act] = someStep(random.int(total));
    await act(session, random);
    if (session.oracle.agreements.unrecorded() > 0) session.breaches.push('something went by agreement and unrecorded');
    leaks.push(...session.breaches.splice(0).map((what) => ({ seed, step: `${step} ${name}`, what })));
  }
  session.window.completion.dispose();
  await session.window.chat.dispose();
  const beyond = { agreed: session.oracle.agreements.used(), ...session.seen };
  return { arrivals: session.arrivals, beyond, leaks };
}

const total = steps.reduce((sum, [weight]) => sum + weight, 0);

function someStep(at: number) {
  let left = at;
  for (const [weight, name, step] of steps) {
    if (left < weight) return [name, step] as const;
    left -= weight;
  }
  throw new RangeError('The weights do not add up.');
}

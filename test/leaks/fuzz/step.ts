import { zones, type Zone } from '../../../src/core/label/reach.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { openable } from './disk.ts';
import type { Random } from './random.ts';
import type { Session } from './session.ts';
import { modelOf } from './wire.ts';

/** One thing that a user, a program or a disaster does. */
export type Step = (session: Session, random: Random) => void | Promise<void>;

export type WeightedStep = readonly [weight: number, name: string, step: Step];

let words = 0;

/** The text of a file, with a word in it that no other has. */
export function freshText(): string {
  words += 1;
  return `// a file\nexport const word = 'CANARY_F${words.toString(36)}';\n\n`;
}

export function question(): string {
  words += 1;
  return `What of ORDINARY_Q${words.toString(36)}?`;
}

export function somePath({ disk }: Session, random: Random): string {
  const paths = openable(disk);
  return paths[random.int(paths.length)] ?? 'a/one.ts';
}

/** The model that the next question goes to. */
export function modelInChat({ window }: Session): ModelRef {
  return window.chat.state().model ?? modelOf('device');
}

export function someZone(random: Random): Zone {
  return random.pick(zones);
}

export async function reload({ window }: Session): Promise<void> {
  await window.policy.reload(new AbortController().signal);
}

import type { Reach, Zone } from '../../../src/core/label/reach.ts';
import { mayReach } from '../../../src/core/label/reach.ts';
import type { FakeServer } from '../../support/fake-server/fake-server.ts';

/** Sensitive text has been seen where it may not be. Everything else that goes wrong in a play is another error. */
export class Leak extends Error {}

/** The marked words that a play has planted and the servers that might see them. */
export type Watch = {
  /** A new word that no other play uses, and how far it may go. */
  readonly plant: (reach?: Reach) => string;
  /** Watches for a text that the play has made up itself. */
  readonly planted: (text: string, reach?: Reach) => void;
  /** Puts a server that a play has started for itself under watch. */
  readonly server: (server: Pick<FakeServer, 'saw'>, zone: Zone) => void;
  /** Throws a `Leak` if any planted word was seen farther away than it may go. */
  readonly check: () => void;
};

let count = 0;

export function createWatch(servers: readonly (readonly [Pick<FakeServer, 'saw'>, Zone])[]): Watch {
  const watched = [...servers];
  const words = new Map<string, Reach>();
  return {
    plant: (reach = 'device') => {
      count += 1;
      const word = `CANARY_PLANTED_${count.toString(36).padStart(4, '0')}_QX`;
      words.set(word, reach);
      return word;
    },
    planted: (text, reach = 'device') => void words.set(text, reach),
    server: (server, zone) => void watched.push([server, zone]),
    check: () => {
      for (const [word, reach] of words)
        for (const [server, zone] of watched)
          if (!mayReach(reach, zone) && server.saw(word))
            throw new Leak(`${word}, which may go to ${reach}, was seen in ${zone}.`);
    },
  };
}

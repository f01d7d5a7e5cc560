import type { Zone } from '../../../src/core/label/reach.ts';

/** What the user has agreed to send beyond its reach: each time one text, once, to one zone. */
export type Agreements = {
  readonly agree: (words: readonly string[], zone: Zone) => void;
  /** Whether agreements cover all these words in one request to that zone. They are used up by it. */
  readonly use: (words: readonly string[], zone: Zone) => boolean;
  /** A receipt that names an agreement has come into the ledger. */
  readonly recorded: () => void;
  /** Requests that went on the strength of an agreement. */
  readonly used: () => number;
  /** Those of them that stand in no ledger. */
  readonly unrecorded: () => number;
  /** A new window knows of none. */
  readonly forget: () => void;
};

export function createAgreements(): Agreements {
  let open: readonly { readonly words: readonly string[]; readonly zone: Zone }[] = [];
  let used = 0;
  let records = 0;
  return {
    agree: (words, zone) => {
      open = [...open, { words, zone }];
    },
    use: (words, zone) => {
      const fitting = words.map((word) => open.find((one) => one.zone === zone && one.words.includes(word)));
      if (fitting.includes(undefined)) return false;
      open = open.filter((one) => !fitting.includes(one));
      used += 1;
      return true;
    },
    used: () => used,
    recorded: () => void (records += 1),
    unrecorded: () => Math.max(0, used - records),
    forget: () => {
      open = [];
    },
  };
}

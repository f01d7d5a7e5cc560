import { mayReach, nearest, type Reach, type Zone } from '../../../src/core/label/reach.ts';
import { everyName, type Disk } from './disk.ts';

/** A policy as the fuzzer writes it: folders and how far they reach. Simple enough to be judged without the product. */
export type SimplePolicy = { readonly folders: Readonly<Record<string, Reach>> };

/**
 * What must hold, worked out apart from the product: rules are looked up by the beginning of a path, versions of a policy
 * are joined by hand. All that it takes over is when the product has read the disk.
 */
export type Oracle = {
  /** The policy files in the state in which the product has just read them. */
  readonly noticed: () => void;
  readonly accepted: () => void;
  /** A new window: it has read no policy yet, and until it has, no file may go anywhere. */
  readonly opened: () => void;
  /** Stored labels are gone: what had none may now be on the device, never farther. */
  readonly labelsLost: () => void;
  /** A file was read under a path, with this word in it. */
  readonly read: (path: string, word: string) => void;
  /** Why a body with these words must not be in that zone now; undefined where it may. */
  readonly breach: (words: readonly string[], zone: Zone) => string | undefined;
};

type Reading = { readonly names: readonly string[]; readonly reach: Reach };

/** The versions of the policy that hold together. */
type Versions = readonly (SimplePolicy | undefined)[];

export function createOracle(disk: Disk, isTrusted: () => boolean): Oracle {
  let accepted: SimplePolicy | undefined;
  let noticed: Versions | undefined;
  let lost = false;
  const readings = new Map<string, Reading[]>();
  const tree = (): SimplePolicy | undefined => parse(disk.policies.get(policyFile));
  const onDisk = (): Versions => {
    const committed = disk.branches.get(disk.branch);
    const below = [disk.policies, committed].map((texts) => parse(texts?.get(nestedFile), 'lib/'));
    return [tree(), parse(committed?.get(policyFile)), accepted, ...below];
  };
  return {
    noticed: () => {
      const now = tree();
      if (isTrusted() && now && (!accepted || !isWeaker(now, accepted))) accepted = now;
      noticed = onDisk();
    },
    accepted: () => {
      accepted = tree();
      noticed = onDisk();
    },
    opened: () => {
      noticed = undefined;
    },
    labelsLost: () => {
      lost = true;
    },
    read: (path, word) => {
      const names = everyName(disk, path);
      readings.set(word, [...(readings.get(word) ?? []), { names, reach: reachOf(noticed, names) }]);
    },
    breach: (words, zone) => {
      if (zone !== 'device' && !isTrusted()) return `the workspace is not trusted, and a request went to ${zone}`;
      if (zone === 'cloud' && !tree()) return 'there is no valid policy, and a request went to the cloud';
      if (zone === 'device' && lost) return undefined;
      return words.map((word) => tooFar(word, zone)).find((why) => why !== undefined);
    },
  };

  /**
   * A word may be where its most open reading may be, by what held then and by what holds now: as the disk says for what
   * leaves the device, as last noticed for what stays there.
   */
  function tooFar(word: string, zone: Zone): string | undefined {
    const now = zone === 'device' ? noticed : onDisk();
    const reaches = (readings.get(word) ?? []).map(({ names, reach }) => nearest(reach, reachOf(now, names)));
    if (reaches.some((reach) => mayReach(reach, zone))) return undefined;
    return `${word} (${reaches.join(', ') || 'never read'}) was seen in ${zone}`;
  }
}

function reachOf(versions: Versions | undefined, names: readonly string[]): Reach {
  if (!versions) return 'none';
  return nearest(...versions.flatMap((policy) => (policy ? names.map((name) => reachIn(policy, name)) : [])));
}

export const policyFile = '.ringfence.jsonc';
export const nestedFile = 'lib/.ringfence.jsonc';

/** The text of a policy file. A nested one names folders below its own. */
export function writePolicy({ folders }: SimplePolicy, { nested = false } = {}): string {
  const rules = Object.entries(folders).map(([name, reach]) => ({
    id: `r-${name.replaceAll('/', '-')}`,
    files: [nested ? `/${name.replace(/^lib\//, '')}/` : `/${name}/`],
    reach,
  }));
  return JSON.stringify({ version: 1, ...(nested ? {} : { reach: 'cloud' }), rules });
}

/** What `writePolicy` wrote; undefined for anything else. */
function parse(text: string | undefined, below = ''): SimplePolicy | undefined {
  if (text === undefined || !text.endsWith(']}')) return undefined;
  const { rules }: { readonly rules: readonly Rule[] } = JSON.parse(text);
  return { folders: Object.fromEntries(rules.map(({ files: [name], reach }) => [below + name.slice(1, -1), reach])) };
}

type Rule = { readonly files: readonly [string]; readonly reach: Reach };

function reachIn({ folders }: SimplePolicy, path: string): Reach {
  const rules = Object.entries(folders).flatMap(([name, reach]) => (path.startsWith(`${name}/`) ? [reach] : []));
  return nearest(path.split('/').at(-1) === '.env' ? 'device' : 'cloud', ...rules);
}

/** Rule by rule: one that is gone or reaches farther waits for the user, also where another covers its files. */
function isWeaker(now: SimplePolicy, before: SimplePolicy): boolean {
  return Object.entries(before.folders).some(([name, reach]) => {
    const is = now.folders[name];
    return is === undefined || nearest(is, reach) !== is;
  });
}

import { mayReach, nearest, type Reach, type Zone } from '../../../src/core/label/reach.ts';
import type { OutageRule } from '../../../src/core/policy/settings.ts';
import { createAgreements, type Agreements } from './agreements.ts';
import { everyName, type Disk } from './disk.ts';
import {
  holdsFor,
  isWeaker,
  nestedFile,
  parsePolicy,
  policyFile,
  strictestOutage,
  type SimplePolicy,
} from './simplePolicy.ts';

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
  /** What the user has agreed to send beyond its reach. */
  readonly agreements: Agreements;
  /** What the policy says of models that step in, as it was last read. */
  readonly onOutage: () => OutageRule;
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
  const agreements = createAgreements();
  const tree = (): SimplePolicy | undefined => parsePolicy(disk.policies.get(policyFile));
  const roots = (): Versions => [tree(), parsePolicy(disk.branches.get(disk.branch)?.get(policyFile)), accepted];
  const onDisk = (): Versions => {
    const committed = disk.branches.get(disk.branch);
    return [...roots(), ...[disk.policies, committed].map((texts) => parsePolicy(texts?.get(nestedFile), 'lib/'))];
  };
  let outage: OutageRule = 'never';
  const read = (): void => {
    noticed = onDisk();
    outage = strictestOutage(roots());
  };
  return {
    agreements,
    noticed: () => {
      const now = tree();
      if (isTrusted() && now && (!accepted || !isWeaker(now, accepted))) accepted = now;
      read();
    },
    accepted: () => {
      accepted = tree();
      read();
    },
    opened: () => {
      noticed = undefined;
      outage = 'never';
      agreements.forget();
    },
    labelsLost: () => {
      lost = true;
    },
    read: (path, word) => {
      const names = everyName(disk, path);
      readings.set(word, [...(readings.get(word) ?? []), { names, reach: reachOf(noticed, names) }]);
    },
    onOutage: () => outage,
    breach: (words, zone) => {
      if (zone !== 'device' && !isTrusted()) return `the workspace is not trusted, and a request went to ${zone}`;
      if (zone === 'cloud' && !tree()) return 'there is no valid policy, and a request went to the cloud';
      if (zone === 'device' && lost) return undefined;
      const far = words.filter((word) => tooFar(word, zone));
      if (far.length === 0 || (far.every(mayBeAgreed) && agreements.use(far, zone))) return undefined;
      return `${far.map((word) => `${word} (${reachesOf(word, zone).join(', ') || 'never read'})`).join(', ')} seen in ${zone}`;
    },
  };

  /**
   * A word may be where its most open reading may be, by what held then and by what holds now: as the disk says for what
   * leaves the device, as last noticed for what stays there.
   */
  function tooFar(word: string, zone: Zone): boolean {
    return !reachesOf(word, zone).some((reach) => mayReach(reach, zone));
  }

  function reachesOf(word: string, zone: Zone): readonly Reach[] {
    const now = zone === 'device' ? noticed : onDisk();
    return (readings.get(word) ?? []).map(({ names, reach }) => nearest(reach, reachOf(now, names)));
  }

  /** Every rule on any name lets the user decide, and none keeps it from all models. */
  function mayBeAgreed(word: string): boolean {
    const now = onDisk();
    return (readings.get(word) ?? []).some(({ names }) =>
      holding(now, names).every(({ reach, declassify }) => reach !== 'none' && declassify === 'confirm'),
    );
  }
}

function reachOf(versions: Versions | undefined, names: readonly string[]): Reach {
  if (!versions) return 'none';
  return nearest(...holding(versions, names).map(({ reach }) => reach));
}

function holding(versions: Versions, names: readonly string[]) {
  return versions.flatMap((policy) => (policy ? names.flatMap((name) => holdsFor(policy, name)) : []));
}

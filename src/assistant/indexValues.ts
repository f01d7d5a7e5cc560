import { labelOf, type Label, type Labelled } from '../core/label/labelled.ts';
import type { Resource } from '../core/label/resource.ts';
import type { PolicyPort } from '../core/policy/port.ts';
import { mayHoldValues } from '../core/scan/mayHoldValues.ts';
import type { ValueIndex } from '../core/scan/valueIndex.ts';

/** Keeps the values of the files that a rule holds back from the cloud, so that a copy of one is recognised. */
export type IndexValues = {
  /** Looks through the whole workspace. Resolves early when aborted; what was found by then stays. */
  readonly all: (signal: AbortSignal) => Promise<Indexed>;
  /** Looks at one file anew: it came, changed, or may be held differently now. */
  readonly look: (uri: string) => Promise<void>;
  /** A file, or a folder with all that was in it, is gone. */
  readonly forget: (uri: string) => void;
};

/** `complete` is false where a limit ended the search, so that values of some files are not known. */
export type Indexed = { readonly files: number; readonly values: number; readonly complete: boolean };

export type IndexValuesPorts = {
  readonly policy: Pick<PolicyPort, 'decide'>;
  readonly index: Pick<ValueIndex, 'put' | 'remove' | 'size'>;
  /** URIs of the files of the workspace that lie on this machine. */
  readonly files: (signal: AbortSignal) => AsyncIterable<string>;
  readonly identify: (uri: string) => Promise<Resource>;
  /** A small text file; undefined for what is large, no text, or gone. */
  readonly read: (uri: string, label: Label) => Promise<Labelled | undefined>;
  /** Lets everyone else have a turn. */
  readonly pause: () => Promise<void>;
};

export const indexLimits = { files: 2_000, values: 200_000 } as const;

export function createIndexValues(ports: IndexValuesPorts): IndexValues {
  const { index, files, identify, policy, read, pause } = ports;
  const known = new Set<string>();
  const drop = (uri: string): void => {
    if (known.delete(uri)) index.remove(uri);
  };
  const isFull = (): boolean => known.size >= indexLimits.files || index.size() >= indexLimits.values;
  const take = async (uri: string): Promise<void> => {
    const resource = await identify(uri);
    const label = heldLabel(policy, resource);
    const text = label && (await read(uri, label));
    if (!text) return drop(uri);
    if (!known.has(uri) && isFull()) return;
    known.add(uri);
    index.put(uri, resource.display, text);
  };
  return {
    async all(signal) {
      const seen = new Set<string>();
      let complete = true;
      for await (const uri of files(signal)) {
        if (signal.aborted) return { files: known.size, values: index.size(), complete: false };
        if (!mayHoldValues(nameOf(uri))) continue;
        seen.add(uri);
        complete &&= known.has(uri) || !isFull();
        await take(uri);
        await pause();
      }
      if (!signal.aborted) for (const uri of known) if (!seen.has(uri)) drop(uri);
      return { files: known.size, values: index.size(), complete: complete && !signal.aborted };
    },
    look: async (uri) => {
      if (mayHoldValues(nameOf(uri))) await take(uri);
    },
    forget: (uri) => {
      for (const one of known) if (one === uri || one.startsWith(`${uri}/`)) drop(one);
    },
  };
}

/** The label of a file that a rule holds back from the cloud; undefined for any other. */
function heldLabel({ decide }: Pick<PolicyPort, 'decide'>, resource: Resource): Label | undefined {
  const provenance = { kind: 'file', resource } as const;
  const { reach, rules } = decide(provenance);
  return rules.some((rule) => rule.reach !== 'cloud') ? labelOf([{ provenance, reach, rules }]) : undefined;
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

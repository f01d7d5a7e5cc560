import type { Provenance } from '../label/provenance.ts';
import type { Resource } from '../label/resource.ts';
import type { Policy } from './compile.ts';
import { decide } from './decide.ts';
import type { PolicyDecision } from './port.ts';

/** `decide` for one policy, remembering the files asked for last. A thrown rule means `device`. */
export function createDecider(policy: Policy): (provenance: Provenance) => PolicyDecision {
  const remembered = new Map<string, PolicyDecision>();
  return (provenance) => {
    if (provenance.kind !== 'file') return safely(policy, provenance);
    const key = resourceKey(provenance.resource);
    const known = remembered.get(key);
    if (known) return known;
    const decision = safely(policy, provenance);
    if (remembered.size >= capacity) remembered.clear();
    remembered.set(key, decision);
    return decision;
  };
}

const capacity = 20_000;

function safely(policy: Policy, provenance: Provenance): PolicyDecision {
  try {
    return decide(policy, provenance);
  } catch {
    return { reach: 'device', rules: [], doubt: 'A rule failed while it was matched.', declassify: 'never' };
  }
}

// A line feed may stand in a path, so its length goes before it and no two resources share a key.
function resourceKey({ names, doubt }: Resource): string {
  let key: string = doubt ?? '';
  for (const { kind, folder = '', path } of names) key += `\n${kind}\n${folder}\n${path.length}\n${path}`;
  return key;
}

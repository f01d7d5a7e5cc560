import { pathToFileURL } from 'node:url';
import type { PolicyDocument } from '../core/policy/document.ts';
import type { PolicyPlaces } from './policyPlaces.ts';
import { readPolicyFile } from './readPolicyFile.ts';

/** The administrator's and the user's own policy, where they exist. */
export async function readOwnerPolicies(places: PolicyPlaces): Promise<readonly PolicyDocument[]> {
  const found = await Promise.all(
    (['managed', 'user'] as const).map(async (layer): Promise<PolicyDocument | undefined> => {
      const content = await readPolicyFile(places[layer]);
      return content && { layer, file: pathToFileURL(places[layer]).href, version: 'working tree', content };
    }),
  );
  return found.filter((document) => document !== undefined);
}

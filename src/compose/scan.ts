import { createValueIndex } from '../core/scan/valueIndex.ts';
import type { Scan } from '../egress/ports.ts';
import { createScan } from '../egress/scan/scan.ts';
import { createValueHash } from '../node/valueHash.ts';
import type { PolicyStore } from '../vscode/policyStore.ts';

/** The content scan under the policy as it stands at each request. */
export function composeScan(policy: PolicyStore): Scan {
  return createScan({
    settings: () => policy.current().policy.settings.scan,
    values: createValueIndex(createValueHash()),
  });
}

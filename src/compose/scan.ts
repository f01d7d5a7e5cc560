import type { Scan } from '../egress/ports.ts';
import { createScan } from '../egress/scan/scan.ts';
import type { PolicyStore } from '../vscode/policy/store.ts';
import type { Values } from './values.ts';

/** The content scan under the policy as it stands at each request. */
export function composeScan(policy: PolicyStore, values: Values): Scan {
  const settings = () => policy.current().policy.settings.scan;
  return async (body, zone) => createScan({ settings, values: await values.index() })(body, zone);
}

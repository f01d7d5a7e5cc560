import { nearest, type Reach } from '../label/reach.ts';
import type { PolicyFile } from './policyFile.ts';
import {
  acceptances,
  defaultSettings,
  ledgerIdentities,
  outageRules,
  scanActions,
  type CloudSettings,
  type PolicySettings,
  type UnlabelledReach,
} from './settings.ts';
import type { PolicySource } from './source.ts';

/**
 * The strictest of what the files say. A workspace policy that is silent on something says the default; the user's and the
 * administrator's silence says nothing. Where no file says how far text may go, typed text stays within the perimeter.
 */
export function joinSettings(
  sources: readonly PolicySource[],
  { opened }: { readonly opened: boolean },
): PolicySettings {
  const roots = sources.filter((source) => source.layer !== 'nested');
  const silent = roots.every((source) => source.layer !== 'workspace');
  const pick = <T>(read: (policy: PolicyFile) => T | undefined, byDefault: T): readonly T[] => {
    const stated = roots.flatMap((source) => {
      const value = read(source.policy);
      if (value !== undefined) return [value];
      return source.layer === 'workspace' ? [byDefault] : [];
    });
    return silent && stated.length === 0 ? [byDefault] : stated;
  };
  const { scan, ledger, local } = defaultSettings;
  const flags = (values: readonly boolean[]): boolean => values.some(Boolean);
  return {
    unlabelled: joinUnlabelled(pick, opened),
    cloud: joinCloud(roots, pick),
    scan: {
      secrets: strictest(
        scanActions,
        pick((policy) => policy.scan.secrets, scan.secrets),
      ),
      values: strictest(
        scanActions,
        pick((policy) => policy.scan.values, scan.values),
      ),
      pii: strictest(
        scanActions,
        pick((policy) => policy.scan.pii, scan.pii),
      ),
    },
    ledger: {
      required: flags(pick((policy) => policy.ledger.required, ledger.required)),
      identity: strictest(
        ledgerIdentities,
        pick((policy) => policy.ledger.identity, ledger.identity),
      ),
    },
    local: {
      requireOllamaCloudDisabled: flags(
        pick((policy) => policy.local.requireOllamaCloudDisabled, local.requireOllamaCloudDisabled),
      ),
    },
  };
}

type Pick = <T>(read: (policy: PolicyFile) => T | undefined, byDefault: T) => readonly T[];

function joinUnlabelled(pick: Pick, opened: boolean): UnlabelledReach {
  const limit: Reach = opened ? 'cloud' : 'perimeter';
  const join = (kind: keyof UnlabelledReach): Reach =>
    nearest(limit, ...pick<Reach>((policy) => policy.unlabelled[kind], defaultSettings.unlabelled[kind]));
  return {
    typed: join('typed'),
    untitled: join('untitled'),
    clipboard: join('clipboard'),
    terminal: join('terminal'),
    tool: join('tool'),
  };
}

function joinCloud(roots: readonly PolicySource[], pick: Pick): CloudSettings {
  const byDefault = defaultSettings.cloud;
  const lists = (key: 'backends' | 'models' | 'upstreams'): readonly (readonly string[])[] =>
    roots.flatMap((source) => (source.policy.cloud[key] ? [source.policy.cloud[key]] : []));
  const budgets = roots.flatMap((source) => source.policy.cloud.monthlyBudgetUsd ?? []);
  return {
    backends: lists('backends'),
    models: lists('models'),
    upstreams: lists('upstreams'),
    dataCollection: strictest(
      acceptances,
      pick((policy) => policy.cloud.dataCollection, byDefault.dataCollection),
    ),
    retention: strictest(
      acceptances,
      pick((policy) => policy.cloud.retention, byDefault.retention),
    ),
    onOutage: strictest(
      outageRules,
      pick((policy) => policy.cloud.onOutage, byDefault.onOutage),
    ),
    ...(budgets.length === 0 ? {} : { monthlyBudgetUsd: Math.min(...budgets) }),
  };
}

/** `scale` goes from the loosest to the strictest. */
function strictest<T>(scale: readonly T[], values: readonly T[]): T {
  const [loosest] = scale;
  if (loosest === undefined) throw new Error('An empty scale has no strictest value.');
  return values.reduce((a, b) => (scale.indexOf(b) > scale.indexOf(a) ? b : a), loosest);
}

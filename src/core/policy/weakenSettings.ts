import { reaches, type Reach } from '../label/reach.ts';
import type { PolicyFile, PolicyFileKind } from './policyFile.ts';
import { settingKeys } from './parseSettings.ts';
import { acceptances, defaultSettings, ledgerIdentities, outageRules, scanActions } from './settings.ts';
import type { FileWeakening } from './weakening.ts';

/** What the new text lets go farther than the old one outside its rules. `kind` says what silence means in that file. */
export function weakenedSettings(
  before: PolicyFile,
  after: PolicyFile,
  kind: PolicyFileKind,
): readonly FileWeakening[] {
  const scales = scalesOf(kind);
  return [
    ...scales.flatMap((scale) => loosened(before, after, scale)),
    ...loosenedLists(before, after),
    ...loosenedBudget(before, after),
  ];
}

/** The file with one setting as loose as it can be, by its path: it then holds nothing any more. */
export function liftSetting(file: PolicyFile, key: string): PolicyFile {
  const scale = scalesOf('workspace').find((candidate) => candidate.key === key);
  if (scale) return scale.loosest(file);
  const { cloud } = file;
  const name = limitKeys.find((candidate) => `cloud.${candidate}` === key);
  return name === undefined ? file : { ...file, cloud: without(cloud, name) };
}

const listKeys = ['backends', 'models', 'upstreams'] as const;
const limitKeys = [...listKeys, 'monthlyBudgetUsd'] as const;

function without<T extends object, K extends keyof T>(record: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = record;
  return rest;
}

/** What silence means depends on whose file it is. */
function scalesOf(kind: PolicyFileKind): readonly Scale[] {
  const ownDefault: Reach = kind === 'workspace' ? 'device' : 'cloud';
  return [
    {
      key: 'reach',
      scale: farthestFirst,
      read: (file) => file.reach?.value ?? ownDefault,
      loosest: (file) => ({ ...file, reach: { value: 'cloud', line: file.reach?.line ?? 1 } }),
    },
    ...settingKeys.unlabelled.map((key): Scale => ({
      key: `unlabelled.${key}`,
      scale: farthestFirst,
      read: (file) => file.unlabelled[key] ?? (kind === 'workspace' ? defaultSettings.unlabelled[key] : 'cloud'),
      loosest: (file) => ({ ...file, unlabelled: { ...file.unlabelled, [key]: 'cloud' } }),
    })),
    ...cloudScales(kind),
    ...settingKeys.scan.map((key): Scale => ({
      key: `scan.${key}`,
      scale: scanActions,
      read: (file) => file.scan[key] ?? silent(kind, defaultSettings.scan[key]),
      loosest: (file) => ({ ...file, scan: { ...file.scan, [key]: 'off' } }),
    })),
    ...flagScales,
  ];
}

const flags = ['false', 'true'] as const;

const flagScales: readonly Scale[] = [
  {
    key: 'ledger.required',
    scale: flags,
    read: (file) => String(file.ledger.required ?? false),
    loosest: (file) => ({ ...file, ledger: { ...file.ledger, required: false } }),
  },
  {
    key: 'ledger.identity',
    scale: ledgerIdentities,
    read: (file) => file.ledger.identity ?? 'none',
    loosest: (file) => ({ ...file, ledger: { ...file.ledger, identity: 'none' } }),
  },
  {
    key: 'local.requireOllamaCloudDisabled',
    scale: flags,
    read: (file) => String(file.local.requireOllamaCloudDisabled ?? false),
    loosest: (file) => ({ ...file, local: { ...file.local, requireOllamaCloudDisabled: false } }),
  },
];

function cloudScales(kind: PolicyFileKind): readonly Scale[] {
  const { dataCollection, retention, onOutage } = defaultSettings.cloud;
  return [
    {
      key: 'cloud.dataCollection',
      scale: acceptances,
      read: (file) => file.cloud.dataCollection ?? silent(kind, dataCollection),
      loosest: (file) => ({ ...file, cloud: { ...file.cloud, dataCollection: 'allow' } }),
    },
    {
      key: 'cloud.retention',
      scale: acceptances,
      read: (file) => file.cloud.retention ?? silent(kind, retention),
      loosest: (file) => ({ ...file, cloud: { ...file.cloud, retention: 'allow' } }),
    },
    {
      key: 'cloud.onOutage',
      scale: outageRules,
      read: (file) => file.cloud.onOutage ?? silent(kind, onOutage),
      loosest: (file) => ({ ...file, cloud: { ...file.cloud, onOutage: 'auto' } }),
    },
  ];
}

/** A setting whose values go from the loosest to the strictest. Undefined is looser than all of them. */
type Scale = {
  readonly key: string;
  readonly scale: readonly string[];
  readonly read: (file: PolicyFile) => string | undefined;
  readonly loosest: (file: PolicyFile) => PolicyFile;
};

const farthestFirst: readonly Reach[] = [...reaches].reverse();
/** A silent workspace policy says the default; silence of the user or the administrator says nothing. */
function silent<T>(kind: PolicyFileKind, byDefault: T): T | undefined {
  return kind === 'workspace' ? byDefault : undefined;
}

function loosened(before: PolicyFile, after: PolicyFile, { key, scale, read }: Scale): readonly FileWeakening[] {
  const [was, is] = [read(before), read(after)];
  const rank = (value: string | undefined): number => (value === undefined ? -1 : scale.indexOf(value));
  if (rank(is) >= rank(was)) return [];
  return [
    {
      message: `"${key}" becomes ${is === undefined ? 'unset' : `"${is}"`} instead of "${was ?? 'unset'}".`,
      ...placeOf(key, before, after),
      lifts: [{ kind: 'setting', key }],
    },
  ];
}

function loosenedLists(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  return listKeys.flatMap((key) => {
    const [was, is] = [before.cloud[key], after.cloud[key]];
    if (!was) return [];
    const more = is?.filter((item) => !was.includes(item));
    if (more?.length === 0) return [];
    const message = more
      ? `"cloud.${key}" also allows ${more.join(', ')}.`
      : `"cloud.${key}" no longer limits anything.`;
    return [{ message, ...limitPlace(key, before, after) }];
  });
}

function loosenedBudget(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  const [was, is] = [before.cloud.monthlyBudgetUsd, after.cloud.monthlyBudgetUsd];
  if (was === undefined || (is !== undefined && is <= was)) return [];
  const message =
    is === undefined ? 'The monthly budget is gone.' : `The monthly budget rises from ${was} to ${is} US dollars.`;
  return [{ message, ...limitPlace('monthlyBudgetUsd', before, after) }];
}

function limitPlace(name: (typeof limitKeys)[number], before: PolicyFile, after: PolicyFile) {
  const key = `cloud.${name}`;
  return { ...placeOf(key, before, after), lifts: [{ kind: 'setting' as const, key }] };
}

function placeOf(key: string, before: PolicyFile, after: PolicyFile): Pick<FileWeakening, 'line' | 'side'> {
  const lineIn = (file: PolicyFile): number | undefined => (key === 'reach' ? file.reach?.line : file.lines.get(key));
  const line = lineIn(after);
  return line === undefined ? { line: lineIn(before) ?? 1, side: 'before' } : { line, side: 'after' };
}

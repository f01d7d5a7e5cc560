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
  const ownDefault: Reach = kind === 'workspace' ? 'device' : 'cloud';
  const scales: readonly Scale[] = [
    { key: 'reach', scale: farthestFirst, read: (file) => file.reach?.value ?? ownDefault },
    ...settingKeys.unlabelled.map((key): Scale => ({
      key: `unlabelled.${key}`,
      scale: farthestFirst,
      read: (file) => file.unlabelled[key] ?? (kind === 'workspace' ? defaultSettings.unlabelled[key] : 'cloud'),
    })),
    {
      key: 'cloud.dataCollection',
      scale: acceptances,
      read: (file) => file.cloud.dataCollection ?? silent(kind, defaultSettings.cloud.dataCollection),
    },
    {
      key: 'cloud.retention',
      scale: acceptances,
      read: (file) => file.cloud.retention ?? silent(kind, defaultSettings.cloud.retention),
    },
    {
      key: 'cloud.onOutage',
      scale: outageRules,
      read: (file) => file.cloud.onOutage ?? silent(kind, defaultSettings.cloud.onOutage),
    },
    ...settingKeys.scan.map((key): Scale => ({
      key: `scan.${key}`,
      scale: scanActions,
      read: (file) => file.scan[key] ?? silent(kind, defaultSettings.scan[key]),
    })),
    { key: 'ledger.required', scale: flags, read: (file) => String(file.ledger.required ?? false) },
    { key: 'ledger.identity', scale: ledgerIdentities, read: (file) => file.ledger.identity ?? 'none' },
    {
      key: 'local.requireOllamaCloudDisabled',
      scale: flags,
      read: (file) => String(file.local.requireOllamaCloudDisabled ?? false),
    },
  ];
  return [
    ...scales.flatMap((scale) => loosened(before, after, scale)),
    ...loosenedLists(before, after),
    ...loosenedBudget(before, after),
  ];
}

/** A setting whose values go from the loosest to the strictest. Undefined is looser than all of them. */
type Scale = {
  readonly key: string;
  readonly scale: readonly string[];
  readonly read: (file: PolicyFile) => string | undefined;
};

const farthestFirst: readonly Reach[] = [...reaches].reverse();
const flags = ['false', 'true'] as const;

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
    },
  ];
}

function loosenedLists(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  return (['backends', 'models', 'upstreams'] as const).flatMap((key) => {
    const [was, is] = [before.cloud[key], after.cloud[key]];
    if (!was) return [];
    const more = is?.filter((item) => !was.includes(item));
    if (more?.length === 0) return [];
    const message = more
      ? `"cloud.${key}" also allows ${more.join(', ')}.`
      : `"cloud.${key}" no longer limits anything.`;
    return [{ message, ...placeOf(`cloud.${key}`, before, after) }];
  });
}

function loosenedBudget(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  const [was, is] = [before.cloud.monthlyBudgetUsd, after.cloud.monthlyBudgetUsd];
  if (was === undefined || (is !== undefined && is <= was)) return [];
  const message =
    is === undefined ? 'The monthly budget is gone.' : `The monthly budget rises from ${was} to ${is} US dollars.`;
  return [{ message, ...placeOf('cloud.monthlyBudgetUsd', before, after) }];
}

function placeOf(key: string, before: PolicyFile, after: PolicyFile): Pick<FileWeakening, 'line' | 'side'> {
  const lineIn = (file: PolicyFile): number | undefined => (key === 'reach' ? file.reach?.line : file.lines.get(key));
  const line = lineIn(after);
  return line === undefined ? { line: lineIn(before) ?? 1, side: 'before' } : { line, side: 'after' };
}

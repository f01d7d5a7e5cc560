import { reaches } from '../../label/reach.ts';
import { declassifies } from '../declassify.ts';
import { policyKeys } from '../parse.ts';
import { exceptionKeys, ruleKeys } from '../parseRules.ts';
import { settingKeys } from '../parseSettings.ts';
import type { PolicyFileKind } from '../policyFile.ts';
import { acceptances, ledgerIdentities, outageRules, scanActions } from '../settings.ts';

/** Where a node stands: keys, and `number` for each item of a list. */
export type Path = readonly (string | number)[];

/** The keys that an object at that path may have; undefined where none stands. */
export function keysAt(path: Path, kind: PolicyFileKind): readonly string[] | undefined {
  const [section, item, ...more] = path;
  if (section === undefined) return kind === 'nested' ? policyKeys.nested : policyKeys.root;
  if (item === undefined) return Object.entries(settingKeys).find(([name]) => name === section)?.[1];
  if (typeof item !== 'number' || more.length > 0) return undefined;
  return section === 'rules' ? ruleKeys : section === 'exceptions' ? exceptionKeys : undefined;
}

/** The words that may stand at that path; undefined where any text may. */
export function choicesAt(path: Path): readonly string[] | undefined {
  const name = path.filter((part) => typeof part === 'string').join('.');
  return choices.get(name);
}

/** What an entry cannot do without, each with a value to begin with, as JSON. */
export function requiredAt(path: Path): ReadonlyMap<string, string> {
  if (path.length === 0) return new Map([['version', '1']]);
  if (path.length !== 2) return new Map();
  return path[0] === 'rules' ? requiredOfRule : path[0] === 'exceptions' ? requiredOfException : new Map();
}

const choices = new Map<string, readonly string[]>([
  ['reach', reaches],
  ['rules.reach', reaches],
  ['rules.declassify', declassifies],
  ...settingKeys.unlabelled.map((key) => [`unlabelled.${key}`, reaches] as const),
  ...settingKeys.scan.map((key) => [`scan.${key}`, scanActions] as const),
  ['cloud.dataCollection', acceptances],
  ['cloud.retention', acceptances],
  ['cloud.onOutage', outageRules],
  ['ledger.identity', ledgerIdentities],
]);

const requiredOfRule = new Map([
  ['id', '"a-short-name"'],
  ['files', '["a/folder/"]'],
  ['reach', '"device"'],
]);

const requiredOfException = new Map([
  ['id', '"a-short-name"'],
  ['of', '"the-id-of-a-rule"'],
  ['files', '["a/folder/file"]'],
  ['reason', '"why this is safe"'],
  ['expires', '"never"'],
]);

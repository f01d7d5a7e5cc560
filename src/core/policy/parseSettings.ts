import { reaches } from '../label/reach.ts';
import { readAmount, readChoice, readFields, readFlag, readItems, readText } from './fields.ts';
import type { CloudStatement, PolicyFile } from './policyFile.ts';
import type { Reporter } from './reporter.ts';
import { acceptances, ledgerIdentities, outageRules, scanActions } from './settings.ts';
import type { JsonNode } from './strictJson.ts';
import { findUnfitCharacter } from './unfitCharacter.ts';

/** The keys of each section, as the parser and the schema know them. */
export const settingKeys = {
  unlabelled: ['typed', 'untitled', 'clipboard', 'terminal', 'tool'],
  cloud: ['backends', 'models', 'upstreams', 'dataCollection', 'retention', 'monthlyBudgetUsd', 'onOutage'],
  scan: ['secrets', 'values', 'pii'],
  ledger: ['required', 'identity'],
  local: ['requireOllamaCloudDisabled'],
} as const;

export function readUnlabelled(node: JsonNode | undefined, reporter: Reporter): PolicyFile['unlabelled'] {
  return readChoices(node, { keys: settingKeys.unlabelled, choices: reaches }, reporter);
}

export function readScan(node: JsonNode | undefined, reporter: Reporter): PolicyFile['scan'] {
  return readChoices(node, { keys: settingKeys.scan, choices: scanActions }, reporter);
}

export function readLedger(node: JsonNode | undefined, reporter: Reporter): PolicyFile['ledger'] {
  if (!node) return {};
  const fields = readFields(node, settingKeys.ledger, reporter);
  return defined({
    required: readFlag(fields.get('required'), reporter),
    identity: readChoice(fields.get('identity'), ledgerIdentities, reporter),
  });
}

export function readLocal(node: JsonNode | undefined, reporter: Reporter): PolicyFile['local'] {
  if (!node) return {};
  const fields = readFields(node, settingKeys.local, reporter);
  return defined({ requireOllamaCloudDisabled: readFlag(fields.get('requireOllamaCloudDisabled'), reporter) });
}

export function readCloud(node: JsonNode | undefined, reporter: Reporter): CloudStatement {
  if (!node) return {};
  const fields = readFields(node, settingKeys.cloud, reporter);
  return defined({
    backends: readNames(fields.get('backends'), reporter),
    models: readModelPatterns(fields.get('models'), reporter),
    upstreams: readNames(fields.get('upstreams'), reporter),
    dataCollection: readChoice(fields.get('dataCollection'), acceptances, reporter),
    retention: readChoice(fields.get('retention'), acceptances, reporter),
    monthlyBudgetUsd: readAmount(fields.get('monthlyBudgetUsd'), reporter),
    onOutage: readChoice(fields.get('onOutage'), outageRules, reporter),
  });
}

const maxNames = 500;

/** An empty list is a statement of its own: nothing is allowed. */
function readNames(node: JsonNode | undefined, reporter: Reporter): readonly string[] | undefined {
  if (!node) return undefined;
  return readItems(node, maxNames, reporter).flatMap((item) => readText(item, 200, reporter) ?? []);
}

/** `backend/model`, where `*` stands for any run of characters and everything else for itself. */
function readModelPatterns(node: JsonNode | undefined, reporter: Reporter): readonly string[] | undefined {
  if (!node) return undefined;
  return readItems(node, maxNames, reporter).flatMap((item) => {
    const text = readText(item, 500, reporter);
    if (text === undefined) return [];
    const message = complainOfModel(text);
    if (message) reporter.report(item, message);
    return message ? [] : [text];
  });
}

function complainOfModel(text: string): string | undefined {
  if (/[?[\]{}!\\\s]/.test(text))
    return 'In the name of a model only * stands for other characters. Write several entries instead.';
  if (findUnfitCharacter(text)) return 'The name of a model is written in plain characters.';
  if (!text.includes('/') && !text.startsWith('*')) return 'Write the backend as well: "openrouter/qwen/*".';
  return undefined;
}

type Choices<K extends string, T extends string> = { readonly keys: readonly K[]; readonly choices: readonly T[] };

function readChoices<K extends string, T extends string>(
  node: JsonNode | undefined,
  { keys, choices }: Choices<K, T>,
  reporter: Reporter,
): { readonly [key in K]?: T } {
  const result: { [key in K]?: T } = {};
  if (!node) return result;
  const fields = readFields(node, keys, reporter);
  for (const key of keys) {
    const value = readChoice(fields.get(key), choices, reporter);
    if (value !== undefined) result[key] = value;
  }
  return result;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same record without its undefined entries. */
function defined<T extends object>(record: T): Defined<T> {
  const result: Defined<T> = { ...record };
  for (const key in result) if (result[key] === undefined) delete result[key];
  return result;
}

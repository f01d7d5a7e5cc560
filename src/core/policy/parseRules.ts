import { reaches } from '../label/reach.ts';
import { builtInRuleIds } from './builtIn.ts';
import { declassifies } from './declassify.ts';
import type { GlobBudget } from './globBudget.ts';
import { readChoice, readFields, readItems, readText } from './fields.ts';
import { ownReach } from './ownReach.ts';
import { readPattern } from './pattern.ts';
import type { FileException, FileRule, PlacedPattern, PolicyFileKind } from './policyFile.ts';
import type { Reporter } from './reporter.ts';
import type { JsonNode } from './strictJson.ts';

export const ruleKeys = ['id', 'files', 'reach', 'reason', 'owner', 'declassify'] as const;
export const exceptionKeys = ['id', 'of', 'files', 'reason', 'expires'] as const;
export const ruleLimits = { rules: 2000, patterns: 1000, reason: 500, id: 64 } as const;

type Reading = { readonly ids: Ids; readonly budget: GlobBudget; readonly reporter: Reporter };

export function readRules(node: JsonNode | undefined, budget: GlobBudget, reporter: Reporter): readonly FileRule[] {
  const reading = { ids: createIds(reporter), budget, reporter };
  return readItems(node, ruleLimits.rules, reporter).flatMap((item) => readRule(item, reading) ?? []);
}

export function readExceptions(
  node: JsonNode | undefined,
  budget: GlobBudget,
  reporter: Reporter,
): readonly FileException[] {
  const reading = { ids: createIds(reporter), budget, reporter };
  return readItems(node, ruleLimits.rules, reporter).flatMap((item) => readException(item, reading) ?? []);
}

type Targets = {
  readonly exceptions: readonly FileException[];
  readonly rules: readonly FileRule[];
  readonly kind: PolicyFileKind;
};

/** An exception reaches no farther than its own file; only the user and the administrator may except built-in rules. */
export function checkExceptionTargets(targets: Targets, node: JsonNode | undefined, reporter: Reporter): void {
  const owner = targets.kind === 'managed' || targets.kind === 'user';
  const known = new Set([ownReach, ...targets.rules.map((rule) => rule.id), ...(owner ? builtInRuleIds : [])]);
  for (const item of node?.children ?? []) {
    const place = valueOf(item, 'of');
    const of: unknown = place?.value;
    if (!place || typeof of !== 'string' || known.has(of)) continue;
    const message = builtInRuleIds.includes(of)
      ? `Built-in rules are excepted in the user's or the administrator's policy only. Move this entry there.`
      : `No rule of this file has the id "${of}". An exception names a rule of its own file, or "${ownReach}".`;
    reporter.report(place, message);
  }
}

type Ids = (node: JsonNode | undefined, item: JsonNode) => string | undefined;

function createIds(reporter: Reporter): Ids {
  const seen = new Set<string>();
  return (node, item) => {
    if (!node) {
      reporter.report({ offset: item.offset, length: 1 }, 'The id is missing. Add "id": "a-short-name".');
      return undefined;
    }
    const id = readText(node, ruleLimits.id, reporter);
    if (id === undefined) return undefined;
    const message = complainOfId(id, seen);
    seen.add(id.toLowerCase());
    if (message) reporter.report(node, message);
    return message ? undefined : id;
  };
}

function complainOfId(id: string, seen: ReadonlySet<string>): string | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id))
    return 'An id is made of letters, digits, dots, hyphens and underscores.';
  if (id.toLowerCase() === ownReach)
    return `"${ownReach}" already means the reach of the whole file. Choose another id.`;
  if (seen.has(id.toLowerCase())) return `The id "${id}" stands twice. Give each entry its own.`;
  return undefined;
}

function readRule(item: JsonNode, reading: Reading): FileRule | undefined {
  const { ids, reporter } = reading;
  if (item.type !== 'object') {
    readFields(item, ruleKeys, reporter);
    return undefined;
  }
  const fields = readFields(item, ruleKeys, reporter);
  const id = ids(fields.get('id'), item);
  const files = readFiles(fields.get('files'), item, reading);
  if (!fields.has('reach'))
    reporter.report({ offset: item.offset, length: 1 }, 'The reach is missing. Add "reach": "device".');
  const reach = readChoice(fields.get('reach'), reaches, reporter);
  const reason = readText(fields.get('reason'), ruleLimits.reason, reporter);
  const owner = readText(fields.get('owner'), 200, reporter);
  const declassify = readChoice(fields.get('declassify'), declassifies, reporter) ?? 'confirm';
  if (id === undefined || reach === undefined) return undefined;
  return {
    id,
    files,
    reach,
    declassify,
    ...(reason === undefined ? {} : { reason }),
    ...(owner === undefined ? {} : { owner }),
    line: reporter.lineOf(item.offset),
  };
}

function readException(item: JsonNode, reading: Reading): FileException | undefined {
  const { ids, reporter } = reading;
  const fields = readFields(item, exceptionKeys, reporter);
  if (item.type !== 'object') return undefined;
  const id = ids(fields.get('id'), item);
  for (const [key, example] of requiredOfException) {
    if (!fields.has(key))
      reporter.report({ offset: item.offset, length: 1 }, `"${key}" is missing. Add "${key}": ${example}.`);
  }
  const of = readText(fields.get('of'), 200, reporter);
  const files = readFiles(fields.get('files'), item, reading);
  const reason = readText(fields.get('reason'), ruleLimits.reason, reporter);
  const expires = readDay(fields.get('expires'), reporter);
  if (id === undefined || of === undefined || reason === undefined || expires === undefined) return undefined;
  return { id, of, files, reason, expires, line: reporter.lineOf(item.offset) };
}

const requiredOfException = [
  ['of', '"the-id-of-a-rule"'],
  ['reason', '"why this is safe"'],
  ['expires', '"2030-12-31" or "never"'],
] as const;

function readDay(node: JsonNode | undefined, reporter: Reporter): string | undefined {
  const text = readText(node, 40, reporter);
  if (!node || text === undefined) return undefined;
  if (text === 'never' || isDay(text)) return text;
  reporter.report(node, 'The last day is expected here, as "2030-12-31", or "never".');
  return undefined;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readFiles(
  node: JsonNode | undefined,
  item: JsonNode,
  { budget, reporter }: Reading,
): readonly PlacedPattern[] {
  if (!node) {
    reporter.report({ offset: item.offset, length: 1 }, 'The files are missing. Add "files": ["a/folder/"].');
    return [];
  }
  if (node.type === 'array' && node.children?.length === 0)
    reporter.report(node, 'This list is empty. Name at least one file or folder.');
  return readItems(node, ruleLimits.patterns, reporter).flatMap(
    (file) => readPlacedPattern(file, budget, reporter) ?? [],
  );
}

function readPlacedPattern(node: JsonNode, budget: GlobBudget, reporter: Reporter): PlacedPattern | undefined {
  if (budget.spent()) return undefined;
  const value: unknown = node.value;
  if (node.type !== 'string' || typeof value !== 'string') {
    reporter.report(node, 'A pattern in double quotes is expected here.');
    return undefined;
  }
  const read = readPattern(value);
  if (read.kind === 'invalid') {
    // Escapes in the text make the place approximate; it then stays within the text.
    const at = Math.min(1 + read.at, node.length - 1);
    reporter.report({ offset: node.offset + at, length: Math.min(read.length, node.length - at) }, read.message);
    return undefined;
  }
  budget.spend(read.pattern, node);
  return { ...read.pattern, line: reporter.lineOf(node.offset), offset: node.offset, length: node.length };
}

function valueOf(item: JsonNode, key: string): JsonNode | undefined {
  const property = item.children?.find((child) => {
    const name: unknown = child.children?.[0]?.value;
    return name === key;
  });
  return property?.children?.[1];
}

import { reaches } from '../label/reach.ts';
import { readCloud, readLedger, readLocal, readScan, readUnlabelled } from './parseSettings.ts';
import { createGlobBudget } from './globBudget.ts';
import { checkExceptionTargets, readExceptions, readRules } from './parseRules.ts';
import type { PolicyFile, PolicyFileKind } from './policyFile.ts';
import type { PolicyProblem } from './problem.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { readChoice, readFields, readText } from './fields.ts';
import { parseStrictJson, type JsonNode } from './strictJson.ts';

export type PolicyParse =
  | { readonly kind: 'policy'; readonly policy: PolicyFile }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy file, strictly: any error at all makes the whole file invalid, because half a policy would let go what the
 * other half holds. Takes the text as decoded from UTF-8 with its byte order mark, if any, still in place.
 */
export function parsePolicy(text: string, kind: PolicyFileKind = 'workspace'): PolicyParse {
  const reporter = createReporter(text);
  const root = parseStrictJson(text, reporter);
  const policy = root && readPolicy(root, kind, reporter);
  const problems = reporter.problems();
  return policy && problems.length === 0 ? { kind: 'policy', policy } : { kind: 'invalid', problems };
}

/** The keys at the top of each kind of file. A nested file speaks of files only. */
export const policyKeys = {
  nested: ['$schema', 'version', 'minVersion', 'reach', 'rules', 'exceptions'],
  root: [
    '$schema',
    'version',
    'minVersion',
    'reach',
    'rules',
    'exceptions',
    'unlabelled',
    'cloud',
    'scan',
    'ledger',
    'local',
  ],
} as const;

function readPolicy(root: JsonNode, kind: PolicyFileKind, reporter: Reporter): PolicyFile {
  const fields = readTopFields(root, kind, reporter);
  readVersion(root, fields.get('version'), reporter);
  readText(fields.get('$schema'), 500, reporter);
  const minVersion = readMinVersion(fields.get('minVersion'), reporter);
  const reachNode = fields.get('reach');
  const reach = readChoice(reachNode, reaches, reporter);
  const budget = createGlobBudget(reporter);
  const rules = readRules(fields.get('rules'), budget, reporter);
  const exceptions = readExceptions(fields.get('exceptions'), budget, reporter);
  checkExceptionTargets({ exceptions, rules, kind }, fields.get('exceptions'), reporter);
  return {
    ...(reach && reachNode ? { reach: { value: reach, line: reporter.lineOf(reachNode.offset) } } : {}),
    ...(minVersion === undefined ? {} : { minVersion }),
    rules,
    exceptions,
    unlabelled: readUnlabelled(fields.get('unlabelled'), reporter),
    cloud: readCloud(fields.get('cloud'), reporter),
    scan: readScan(fields.get('scan'), reporter),
    ledger: readLedger(fields.get('ledger'), reporter),
    local: readLocal(fields.get('local'), reporter),
    lines: settingLines(fields, reporter),
  };
}

function readTopFields(root: JsonNode, kind: PolicyFileKind, reporter: Reporter): ReadonlyMap<string, JsonNode> {
  const fields = readFields(root, policyKeys.root, reporter);
  if (kind !== 'nested') return fields;
  const allowed: readonly string[] = policyKeys.nested;
  for (const [key, node] of fields) {
    if (allowed.includes(key)) continue;
    reporter.report(node, `"${key}" belongs in the policy at the root of the workspace folder. Move it there.`);
  }
  return fields;
}

function readVersion(root: JsonNode, node: JsonNode | undefined, reporter: Reporter): void {
  if (root.type !== 'object') return;
  if (!node) {
    reporter.report({ offset: root.offset, length: 1 }, 'The version is missing. Add "version": 1.');
    return;
  }
  const value: unknown = node.value;
  if (value === 1) return;
  const message =
    typeof value === 'number' && value > 1
      ? `This version of Ringfence reads policies of version 1. Update Ringfence to read version ${value}.`
      : 'The version is the number 1. Write "version": 1.';
  reporter.report(node, message);
}

function readMinVersion(node: JsonNode | undefined, reporter: Reporter): string | undefined {
  const text = readText(node, 40, reporter);
  if (!node || text === undefined) return undefined;
  if (/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text)) return text;
  reporter.report(node, 'A version such as "1.2.3" is expected here.');
  return undefined;
}

function settingLines(fields: ReadonlyMap<string, JsonNode>, reporter: Reporter): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const section of ['unlabelled', 'cloud', 'scan', 'ledger', 'local']) {
    for (const property of fields.get(section)?.children ?? []) {
      const key: unknown = property.children?.[0]?.value;
      if (typeof key === 'string') lines.set(`${section}.${key}`, reporter.lineOf(property.offset));
    }
  }
  return lines;
}

import assert from 'node:assert/strict';
import type { Resource, ResourceName } from '../../../src/core/label/resource.ts';
import { compilePolicy, type Policy } from '../../../src/core/policy/compile.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import type { PolicyFile, PolicyFileKind } from '../../../src/core/policy/policyFile.ts';
import type { PolicyDecision } from '../../../src/core/policy/port.ts';
import type { ImportedSource, PolicySource } from '../../../src/core/policy/source.ts';

export const folder = 'file:///w';
export const today = '2026-11-20';

export function parsed(fields: object, kind?: PolicyFileKind): PolicyFile {
  const result = parsePolicy(JSON.stringify({ version: 1, ...fields }), kind);
  if (result.kind === 'invalid') assert.fail(JSON.stringify(result.problems));
  return result.policy;
}

/** A policy file at the root of the workspace folder, unless said otherwise. */
export function source(fields: object, more: Partial<Omit<PolicySource, 'policy'>> = {}): PolicySource {
  const layer = more.layer ?? 'workspace';
  const inFolder = layer === 'workspace' || layer === 'nested';
  return {
    layer,
    file:
      more.file ??
      (inFolder ? `${folder}/${more.base ? `${more.base}/` : ''}.ringfence.jsonc` : `file:///etc/${layer}.jsonc`),
    version: 'working tree',
    policy: parsed(fields, layer),
    ...(inFolder ? { folder } : {}),
    ...more,
  };
}

export function compiled(
  sources: readonly PolicySource[],
  imported: readonly ImportedSource[] = [],
  folders: readonly string[] = [folder],
): Policy {
  return compilePolicy({ folders, sources, imported, today });
}

/** A file of the workspace folder under its path and its absolute path, and under further names. */
export function fileAt(path: string, ...more: readonly ResourceName[]): Resource {
  return {
    uri: `${folder}/${path}`,
    display: path,
    names: [{ kind: 'path', path, folder }, { kind: 'path', path: `/w/${path}` }, ...more],
  };
}

export function decided(policy: Policy, file: string | Resource): PolicyDecision {
  return decide(policy, { kind: 'file', resource: typeof file === 'string' ? fileAt(file) : file });
}

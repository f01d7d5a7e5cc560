import { compilePolicy } from './compile.ts';
import { noModelsName, readImported, unreadableImported } from './imported.ts';
import { parsePolicy } from './parse.ts';
import type { FileProblem } from './problem.ts';
import type { FileVersion, ImportedSource, PolicySource } from './source.ts';
import { policyFileName } from './starter.ts';
import type { PolicyState } from './state.ts';

/** The text of one file that speaks of the policy, in one version. */
export type PolicyText = {
  readonly file: string;
  readonly folder: string;
  readonly base?: string;
  readonly name: string;
  readonly version: FileVersion;
  readonly content:
    { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string };
};

export type LoadInput = {
  /** URIs of the workspace folders, without a slash at the end. */
  readonly folders: readonly string[];
  readonly texts: readonly PolicyText[];
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Of all the texts, so that a change is noticed. */
  readonly hash: string;
};

/**
 * Builds the state of the policy from the files as they were read. Any policy file in trouble makes the state invalid: what
 * the others say still holds, and nothing leaves the device, because a rule may stand in what could not be read.
 */
export function loadState({ folders, texts, today, hash }: LoadInput): PolicyState {
  const problems: FileProblem[] = [];
  const sources = texts
    .filter((text) => text.name === policyFileName)
    .flatMap((text) => {
      const read = readSource(text);
      if (read.kind === 'source') return [read.source];
      // A former version that no longer parses says nothing; the file as it lies there is what must be mended.
      if (text.version === 'working tree') problems.push(...read.problems);
      return [];
    });
  const imported = texts.filter((text) => text.name !== policyFileName).map(importedSource);
  const policy = compilePolicy({ folders, sources, imported, today });
  if (problems.length > 0) return { kind: 'invalid', policy, hash, problems, limit: 'device', pending: [] };
  return policy.opened ? { kind: 'loaded', policy, hash, pending: [] } : { kind: 'none', policy, hash, pending: [] };
}

type ReadSource =
  | { readonly kind: 'source'; readonly source: PolicySource }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] };

function readSource({ file, folder, base, version, content }: PolicyText): ReadSource {
  if (content.kind === 'unreadable') {
    const message = `The policy file cannot be read. ${content.why}`;
    return { kind: 'problems', problems: [{ file, message, line: 1, column: 1, offset: 0, length: 0 }] };
  }
  const layer = base === undefined ? 'workspace' : 'nested';
  const parsed = parsePolicy(content.text, layer);
  return parsed.kind === 'policy'
    ? {
        kind: 'source',
        source: { layer, file, folder, ...(base !== undefined && { base }), version, policy: parsed.policy },
      }
    : { kind: 'problems', problems: parsed.problems.map((problem) => ({ ...problem, file })) };
}

function importedSource({ file, folder, base, version, name, content }: PolicyText): ImportedSource {
  const imported =
    content.kind === 'unreadable' && name !== noModelsName
      ? unreadableImported(name, content.why)
      : readImported({ name, text: content.kind === 'text' ? content.text : '' });
  return { file, folder, ...(base !== undefined && { base }), version, imported };
}

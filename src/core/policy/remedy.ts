import { literalPath } from './literalPath.ts';
import type { Provenance } from '../label/provenance.ts';
import type { PolicyDecision } from './port.ts';
import { ownReach } from './ownReach.ts';
import type { RuleRef } from './ruleRef.ts';
import type { PolicyState } from './state.ts';

/** One edit that takes one obstacle away. */
export type Remedy = {
  /** A sentence for a person: what to do, and where. */
  readonly message: string;
  /** The file to edit (URI or path) and its line, counted from one. */
  readonly file?: string;
  readonly line?: number;
  /** The text to add there. */
  readonly insert?: string;
};

type Obstacles = {
  readonly state: PolicyState;
  readonly decision: PolicyDecision;
  readonly provenance: Provenance;
  /** The rules that hold. */
  readonly holding: readonly RuleRef[];
};

/** What it would take for the text to go farther; nothing where it may go anywhere. */
export function remedyFor({ state, decision, provenance, holding }: Obstacles): readonly Remedy[] {
  if (decision.reach === 'cloud' && state.kind === 'loaded') return [];
  if (state.kind === 'invalid')
    return state.problems
      .slice(0, 1)
      .map(({ message, file, line }) => ({ message: `Mend the policy: ${message}`, file, line }));
  if (state.kind === 'loading') return [{ message: 'Wait until the policy has been read.' }];
  const rules = holding.filter(({ reach }) => reach === decision.reach);
  const path = pathOf(provenance);
  if (rules.length > 0 && path !== undefined) return rules.map((rule) => liftRule(rule, path));
  if (decision.doubt !== undefined && decision.reach === 'device') return [liftDoubt(provenance)];
  if (state.kind === 'none')
    return [{ message: 'Run "Ringfence: Create Policy File" and say there how far files may go.' }];
  if (provenance.kind === 'file' || provenance.kind === 'product' || provenance.kind === 'unknown') return [];
  return [
    {
      message: `Say under "unlabelled" how far this may go: "${provenance.kind}": "cloud".`,
      insert: `"unlabelled": { "${provenance.kind}": "cloud" }`,
    },
  ];
}

function liftRule(rule: RuleRef, path: string): Remedy {
  const place = {
    ...(rule.file === undefined ? {} : { file: rule.file }),
    ...(rule.line === undefined ? {} : { line: rule.line }),
  };
  switch (rule.layer) {
    case 'imported':
      if (rule.id === '.noai') return { message: 'Remove the file .noai to let models see this folder.', ...place };
      return {
        message: `Add a line to ${rule.id} that lets this file through, below the one that excludes it.`,
        ...place,
        insert: `!/${path}`,
      };
    case 'built-in':
      return {
        message: `Except the file from "${rule.id}" in your own policy. A repository cannot.`,
        insert: exceptionText(rule.id, path),
      };
    case 'managed':
      return { message: `Ask your administrator to except the file from "${rule.id}".`, ...place };
    case 'user':
    case 'workspace':
    case 'nested':
      return {
        message:
          rule.id === ownReach
            ? 'Set "reach" of the policy farther, or except this file from it.'
            : `Add an exception of "${rule.id}" for this file.`,
        ...place,
        insert: exceptionText(rule.id, path),
      };
  }
}

function exceptionText(of: string, path: string): string {
  const fields = {
    id: `allow-${path
      .replaceAll(/[^A-Za-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 40)}`,
    of,
    files: [`/${literalPath(path)}`],
    reason: 'why this is safe',
    expires: 'never',
  };
  return JSON.stringify(fields);
}

function pathOf(provenance: Provenance): string | undefined {
  if (provenance.kind !== 'file') return undefined;
  const { names } = provenance.resource;
  return names.find(({ folder }) => folder !== undefined)?.path ?? names[0]?.path.replace(/^\/+/, '');
}

function liftDoubt(provenance: Provenance): Remedy {
  if (provenance.kind !== 'file')
    return { message: 'Attach the file itself instead of its text, so that its rules are known.' };
  const { doubt } = provenance.resource;
  if (doubt === 'outside every workspace folder') {
    return { message: 'Add the folder of the file to the workspace; its policy then says how far it may go.' };
  }
  if (doubt === 'could not be resolved') {
    return { message: 'Check that the file and the folders above it exist and can be read.' };
  }
  if (doubt === 'behind a remote link') return { message: 'Open the file itself instead of the link.' };
  return { message: 'Such text never leaves this machine. Open the file itself instead, where there is one.' };
}

import type { Provenance } from '../label/provenance.ts';
import { nearest, reaches, type Reach } from '../label/reach.ts';
import type { Doubt, Resource } from '../label/resource.ts';
import type { Policy } from './compile.ts';
import { matchResource, type Match } from './match.ts';
import type { PolicyDecision } from './port.ts';
import type { RuleRef } from './ruleRef.ts';

/**
 * How far a text from there may go: the nearest reach of every rule that holds for any name of its file. Pure; adding a rule
 * never allows more, and neither the order of rules nor that of layers matters.
 */
export function decide(policy: Policy, provenance: Provenance): PolicyDecision {
  switch (provenance.kind) {
    case 'file':
      return decideFile(policy, provenance.resource);
    case 'typed':
    case 'untitled':
    case 'clipboard':
    case 'terminal':
    case 'tool':
      return { reach: policy.settings.unlabelled[provenance.kind], rules: [], declassify: 'confirm' };
    case 'product':
      return { reach: 'cloud', rules: [], declassify: 'never' };
    case 'unknown':
      return { reach: 'device', rules: [], doubt: 'Where this text came from is not known.', declassify: 'never' };
  }
}

function decideFile(policy: Policy, resource: Resource): PolicyDecision {
  if (resource.names.length === 0) return doubtful([], 'This file has no name that a rule could match.');
  const result = matchResource(policy, resource);
  if (result.kind === 'unmatchable') return doubtful([], 'The path is too long, or not plain enough, to be matched.');
  const holding = result.matches.filter((match) => !match.exceptedBy);
  if (resource.doubt) return doubtful(holding, doubtText[resource.doubt]);
  const limit: Reach = result.spoken ? 'cloud' : 'perimeter';
  const reach = nearest(limit, ...holding.map(({ ref }) => ref.reach));
  const silent = reach === 'perimeter' && !result.spoken;
  return {
    reach,
    rules: narrowing(holding),
    declassify: holding.some((match) => match.declassify === 'never' && match.ref.reach !== 'cloud')
      ? 'never'
      : 'confirm',
    ...(silent ? { doubt: 'No policy file says how far the files of this folder may go.' } : {}),
  };
}

function doubtful(holding: readonly Match[], doubt: string): PolicyDecision {
  return {
    reach: nearest('device', ...holding.map(({ ref }) => ref.reach)),
    rules: narrowing(holding),
    doubt,
    declassify: 'never',
  };
}

/** The rules that keep a text from going everywhere, nearest first, each pattern once. */
function narrowing(holding: readonly Match[]): readonly RuleRef[] {
  const refs = holding.map(({ ref }) => ref).filter((ref) => ref.reach !== 'cloud');
  const once = [...new Map(refs.map((ref) => [refKey(ref), ref])).entries()];
  once.sort(([keyA, a], [keyB, b]) => reaches.indexOf(a.reach) - reaches.indexOf(b.reach) || (keyA < keyB ? -1 : 1));
  return once.map(([, ref]) => ref);
}

function refKey(ref: RuleRef): string {
  return [ref.layer, ref.file, ref.id, ref.pattern, ref.line, ref.reach, ref.reason, ref.owner].join('\n');
}

const doubtText: Readonly<Record<Doubt, string>> = {
  'outside every workspace folder': 'The file lies outside every workspace folder.',
  'unknown scheme': 'The document is of a kind that no rule can name.',
  'repository data': 'The file belongs to the repository itself.',
  'editor data': "The file belongs to the editor's own data.",
  'could not be resolved': 'The file could not be looked up, so rules for its other names may be missed.',
  'behind a remote link':
    'A link on another machine leads to this file, and where it leads cannot be followed from here.',
};

import { decide } from '../core/policy/decide.ts';
import { decideIn } from '../core/policy/decideIn.ts';
import { isReach, reaches, type Reach } from '../core/label/reach.ts';
import type { Provenance } from '../core/label/provenance.ts';
import type { Resource } from '../core/label/resource.ts';
import type { PolicyState } from '../core/policy/state.ts';
import type { Call, Command } from './command.ts';
import { listFiles } from './listFiles.ts';
import { failed, type Outcome } from './outcome.ts';
import { stateNotes } from './stateNotes.ts';
import { findFolder, folderOption, loadPolicy } from './workspace.ts';

/** Which files may go how far. */
export const list: Command = {
  name: 'list',
  operands: '',
  count: { least: 0, most: 0 },
  summary: 'List files by how far they may go.',
  help: [
    'Prints a line for each file: its reach, a tab, its path. With one --reach, paths alone.',
    'Looks into every folder but .git and node_modules; what Git ignores is listed too.',
  ],
  options: [
    {
      name: 'reach',
      value: 'REACH',
      help: `List only files with this reach: ${reaches.join(', ')}. May be given more than once.`,
    },
    { name: 'all', help: 'Look into node_modules too.' },
    folderOption,
  ],
  run,
};

async function run(call: Call): Promise<Outcome> {
  const wanted = call.all('reach');
  const odd = wanted.find((reach) => !isReach(reach));
  if (odd !== undefined) return failed(`"${odd}" is no reach.`, `Use one of ${reaches.join(', ')}.`);
  const folder = await findFolder(call);
  if ('kind' in folder) return folder;
  const state = await loadPolicy(folder);
  const trouble: string[] = [];
  const all = await listFiles(folder, {
    skip: new Set(call.has('all') ? ['.git'] : ['.git', 'node_modules']),
    onTrouble: (where) => trouble.push(`${where} could not be listed. Check its permissions.`),
    judge: (resource) => judge(resource, state),
    isHeld: ({ reach }) => reach !== 'cloud',
  });
  const files = all
    .filter(({ reach }) => wanted.length === 0 || wanted.includes(reach))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    kind: 'done',
    found: false,
    text: files.map(({ path, reach }) => (wanted.length === 1 ? path : `${reach}\t${path}`)).join('\n'),
    json: {
      policy: { state: state.kind, hash: state.hash },
      files: files.map(({ path, reach, rules }) => ({ path, reach, rules: [...rules] })),
    },
    notes: [...stateNotes(state, folder), ...trouble],
  };
}

type Listed = { readonly path: string; readonly reach: Reach; readonly rules: readonly string[] };

function judge(resource: Resource, state: PolicyState): Listed {
  const situation = { state, trusted: true, decide: (what: Provenance) => decide(state.policy, what) };
  const { reach, rules } = decideIn(situation, { kind: 'file', resource });
  return { path: resource.display, reach, rules: [...new Set(rules.map(({ id }) => id))] };
}

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { decide } from '../core/policy/decide.ts';
import { decideIn } from '../core/policy/decideIn.ts';
import { explain, type Explanation } from '../core/policy/explain.ts';
import type { PolicyState } from '../core/policy/state.ts';
import { createRenames } from '../node/gitRenames.ts';
import { createHardLinks } from '../node/hardLinks.ts';
import { createIdentify } from '../node/identify.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';
import type { Call, Command } from './command.ts';
import { explanationLines } from './explainText.ts';
import type { Outcome } from './outcome.ts';
import { stateNotes } from './stateNotes.ts';
import { findFolder, folderOption, loadPolicy } from './workspace.ts';

/** Why a file may go as far as it may. */
export const explainPaths: Command = {
  name: 'explain',
  operands: 'PATH…',
  count: { least: 1, most: Number.POSITIVE_INFINITY },
  summary: 'Say how far files may go, by which rules, and what would change it.',
  help: [
    'Looks a file up under every name it has: links, hard links, former names. It need not exist.',
    'What holds is what the working tree and HEAD say together, with the policies of this user and of the administrator.\nThe editor also holds on to what was last accepted in it.',
  ],
  options: [folderOption],
  run,
};

async function run(call: Call): Promise<Outcome> {
  const folder = await findFolder(call);
  if ('kind' in folder) return folder;
  const state = await loadPolicy(folder);
  const explanations = await explainAll(call, { folder, state });
  return {
    kind: 'done',
    found: false,
    text: explanations.map((one) => explanationLines(folder, one).join('\n')).join('\n\n'),
    json: {
      policy: { state: state.kind, hash: state.hash },
      files: explanations.map((one) => JSON.parse(JSON.stringify(one))),
    },
    notes: stateNotes(state, folder),
  };
}

type Held = { readonly folder: LocalFolder; readonly state: PolicyState };

async function explainAll({ operands, surroundings }: Call, { folder, state }: Held): Promise<readonly Explanation[]> {
  const identify = createIdentify({
    editorFolders: [],
    hardLinks: createHardLinks({ folders: [folder.path], isHeld: () => true, now: Date.now }),
    renames: createRenames({ folders: [folder.path], now: Date.now }),
  });
  return Promise.all(
    operands.map(async (operand) => {
      const uri = pathToFileURL(path.resolve(surroundings.cwd, operand)).href;
      const provenance = { kind: 'file', resource: await identify(uri, [folder.uri]) } as const;
      const decision = decideIn({ state, trusted: true, decide: (what) => decide(state.policy, what) }, provenance);
      return withoutRepeats(explain({ state, decision }, provenance));
    }),
  );
}

/** A rule that the working tree and HEAD both state is one rule to a person. */
function withoutRepeats(explanation: Explanation): Explanation {
  return { ...explanation, rules: once(explanation.rules), remedies: once(explanation.remedies) };
}

function once<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

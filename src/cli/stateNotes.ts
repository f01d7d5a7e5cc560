import type { PolicyState } from '../core/policy/state.ts';
import { policyFileName } from '../core/policy/starter.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';
import { shownFile } from './workspace.ts';

/** What a person should know of the policy before reading what follows from it. */
export function stateNotes(state: PolicyState, folder: LocalFolder): readonly string[] {
  const pending = state.pending.map(({ message, heldBy }) =>
    `Not in force yet: ${message} ${heldBy === 'HEAD' ? 'HEAD still holds it.' : ''}`.trim(),
  );
  switch (state.kind) {
    case 'none':
      return [`There is no ${policyFileName} in ${folder.path}, so nothing may go to the cloud.`];
    case 'invalid':
      return [
        ...state.problems.map(
          ({ file, line, column, message }) => `${shownFile(folder, file)}:${line}:${column}: ${message}`,
        ),
        'The policy has an error, so nothing may go to the cloud. Run "ringfence check".',
      ];
    case 'loading':
    case 'loaded':
      return pending;
  }
}

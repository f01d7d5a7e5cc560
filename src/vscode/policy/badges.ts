import * as vscode from 'vscode';
import { mayReach, type Reach } from '../../core/label/reach.ts';
import { reachStatements } from '../../core/policy/editor/words.ts';
import type { PolicyDecision } from '../../core/policy/port.ts';
import type { PolicyState } from '../../core/policy/state.ts';
import type { ResourceSource } from '../reader.ts';
import { shortPlace } from './place.ts';
import { createQueue } from './queue.ts';
import type { PolicyStore } from './store.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

const setting = 'ringfence.policy.badges';
/** Files looked up at the same time. */
const atOnce = 8;

/** Marks in the explorer what may not go to the cloud, where there is a policy and the user wants it. */
export function registerBadges({ policy, resources }: Dependencies): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri | undefined>();
  const queue = createQueue(atOnce);
  const all = (): void => changed.fire(undefined);
  // A name that comes again may now be a link to elsewhere.
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, true);
  return vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate((uri) => changed.fire(uri)),
    policy.onDidChange(all),
    vscode.workspace.onDidGrantWorkspaceTrust(all),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) all();
    }),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration: async (uri, token) => {
        const marking = markingIn(policy.current());
        if (!isMarked(uri) || marking === 'nothing') return undefined;
        const resource =
          resources.known(uri.toString()) ??
          (await queue(async () => (token.isCancellationRequested ? undefined : resources.resolve(uri.toString()))));
        if (!resource) return undefined;
        const decision = policy.decide({ kind: 'file', resource });
        return marking === 'all' || decision.rules.length > 0 ? badge(decision) : undefined;
      },
    }),
  );
}

/**
 * What is marked. While a policy has an error or is being read again nothing goes to the cloud, and marking every file would say
 * nothing: what rules hold keeps its mark.
 */
function markingIn(state: PolicyState): 'all' | 'what rules hold' | 'nothing' {
  switch (state.kind) {
    case 'loaded':
      return 'all';
    case 'invalid':
      return 'what rules hold';
    case 'loading':
      return state.limit === 'perimeter' ? 'what rules hold' : 'nothing';
    case 'none':
      return 'nothing';
  }
}

function isMarked(uri: vscode.Uri): boolean {
  return (
    vscode.workspace.getWorkspaceFolder(uri) !== undefined &&
    vscode.workspace.getConfiguration().get<boolean>(setting, true)
  );
}

function badge({ reach, rules, doubt }: PolicyDecision): vscode.FileDecoration | undefined {
  if (mayReach(reach, 'cloud')) return undefined;
  const [rule] = rules;
  const place = rule?.file === undefined ? 'built in' : shortPlace(rule.file, rule.line);
  const why = rule ? `rule ${rule.id} (${place})` : (doubt ?? 'the policy');
  const decoration = new vscode.FileDecoration(
    marks[reach],
    `Ringfence: ${reachStatements[reach]} · ${why}`,
    new vscode.ThemeColor('ringfence.heldBackForeground'),
  );
  decoration.propagate = false;
  return decoration;
}

/** A house, a fence, a bar. */
const marks: Readonly<Record<Reach, string>> = { none: '⊘', device: '⌂', perimeter: '⌂+', cloud: '' };

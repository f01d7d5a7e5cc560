import * as vscode from 'vscode';
import { policyFileName } from '../../core/policy/starter.ts';
import type { ResourceSource } from '../reader.ts';
import { registerBadges } from './badges.ts';
import { registerPolicyCommands } from './commands.ts';
import { showReachOfFile } from './languageStatus.ts';
import { showPending } from './pending.ts';
import type { PolicyStore } from './store.ts';

type Dependencies = {
  readonly policy: PolicyStore;
  readonly resources: ResourceSource;
  readonly productVersion: string;
};

/** Everything of the policy that a person sees: commands, badges, the status of a file, held changes, help in writing it. */
export function registerPolicy(dependencies: Dependencies): vscode.Disposable {
  return vscode.Disposable.from(
    registerPolicyCommands(dependencies),
    registerBadges(dependencies),
    showReachOfFile(dependencies),
    showPending(dependencies.policy),
    whenNeeded(dependencies),
  );
}

/** Loads the help in writing a policy when one is opened or one has an error. */
function whenNeeded({ policy, productVersion }: Dependencies): vscode.Disposable {
  const started: vscode.Disposable[] = [];
  let asked = false;
  const start = async (): Promise<void> => {
    if (asked) return;
    asked = true;
    const { startPolicyEditor } = await import('./policyEditor.chunk.ts');
    started.push(startPolicyEditor(policy, productVersion));
  };
  const look = (document: vscode.TextDocument): void => {
    if (document.uri.path.endsWith(`/${policyFileName}`)) void start();
  };
  const judge = (): void => {
    if (policy.current().kind === 'invalid') void start();
  };
  vscode.workspace.textDocuments.forEach(look);
  judge();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    policy.onDidChange(judge),
    new vscode.Disposable(() => started.forEach((part) => void part.dispose())),
  );
}

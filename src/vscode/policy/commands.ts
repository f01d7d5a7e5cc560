import * as vscode from 'vscode';
import { policyFileName, starterPolicy } from '../../core/policy/starter.ts';
import type { ResourceSource } from '../reader.ts';
import type { FilesOfEntry } from './lenses.ts';
import type { PolicyStore } from './store.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

/** Registers the commands of the policy; what they do is loaded when the first one is run. */
export function registerPolicyCommands(dependencies: Dependencies): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const keep = async (target: unknown, selected: unknown): Promise<void> => {
    const { keepHere } = await import('./policyKeep.chunk.ts');
    await keepHere(dependencies, targetsOf(target, selected));
  };
  return vscode.Disposable.from(
    registerCommand('ringfence.policy.create', createPolicyFile),
    registerCommand('ringfence.policy.explainFile', async (target: unknown) => {
      const { explainFile } = await import('./policyExplain.chunk.ts');
      await explainFile(dependencies, targetsOf(target, undefined)[0]);
    }),
    registerCommand('ringfence.policy.keepFile', keep),
    registerCommand('ringfence.policy.keepFolder', keep),
    registerCommand('ringfence.policy.reviewChanges', async () => {
      const { reviewChanges } = await import('./policyReview.chunk.ts');
      await reviewChanges(dependencies.policy);
    }),
    registerCommand('ringfence.policy.showFiles', async (files: FilesOfEntry) => {
      const { showFiles } = await import('./filesList.ts');
      await showFiles(files);
    }),
  );
}

/** Writes the starter and opens it. A file that is there already is opened as it is. */
async function createPolicyFile(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (!folder) {
    if (folders.length === 0)
      void vscode.window.showInformationMessage('Open a folder first; the policy file stands at its root.');
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, policyFileName);
  // Written to the disk and not as an edit: one undo must not take a policy away.
  if (!(await exists(file))) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(starterPolicy));
  await vscode.window.showTextDocument(file);
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

/** The files that a command is about: those picked in the explorer, the one of a row, else the one at hand. */
function targetsOf(target: unknown, selected: unknown): readonly vscode.Uri[] {
  if (Array.isArray(selected) && selected.length > 0) return selected.filter((one) => one instanceof vscode.Uri);
  if (target instanceof vscode.Uri) return [target];
  if (isRow(target)) return [vscode.Uri.parse(target.subject)];
  const open = vscode.window.activeTextEditor?.document.uri;
  return open ? [open] : [];
}

/** A row of the request log, which names the file that its part came from. */
function isRow(target: unknown): target is { readonly subject: string } {
  return typeof target === 'object' && target !== null && 'subject' in target && typeof target.subject === 'string';
}

import * as vscode from 'vscode';
import { mayReach } from '../../core/label/reach.ts';
import { addRule } from '../../core/policy/addRule.ts';
import { keepPolicy } from '../../core/policy/editor/keepPolicy.ts';
import { policyFileName } from '../../core/policy/starter.ts';
import type { ResourceSource } from '../reader.ts';
import { shortPlace, showPlace } from './place.ts';
import type { PolicyStore } from './store.ts';
import { unlinked } from '../unlinked.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

/** Keeps files and folders on this machine by a rule in the policy of their workspace folder, which is made if need be. */
export async function keepHere(dependencies: Dependencies, uris: readonly vscode.Uri[]): Promise<void> {
  if (uris.length === 0) void vscode.window.showInformationMessage('Open the file that shall stay on this machine.');
  for (const uri of uris) tell(uri, await keep(dependencies, uri));
}

type Kept =
  | { readonly kind: 'kept'; readonly file: vscode.Uri; readonly saved: boolean }
  | { readonly kind: 'already'; readonly by: string }
  | { readonly kind: 'impossible'; readonly message: string };

async function keep(dependencies: Dependencies, uri: vscode.Uri): Promise<Kept> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder)
    return { kind: 'impossible', message: 'It lies in no folder of the workspace, so no policy speaks of it.' };
  const by = await heldBy(dependencies, uri);
  if (by !== undefined) return { kind: 'already', by };
  const file = vscode.Uri.joinPath(folder.uri, policyFileName);
  const path = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
  const document = await openPolicy(file);
  const result = addRule(document.getText(), { path, reach: 'device', folder: await isFolder(uri) });
  if (result.kind === 'impossible') return result;
  // Other changes that are not saved yet are the user's to save.
  const clean = !document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of result.edits) {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    edit.replace(file, range, text);
  }
  if (!(await vscode.workspace.applyEdit(edit)))
    return { kind: 'impossible', message: 'The policy file could not be changed.' };
  return { kind: 'kept', file, saved: clean && (await document.save()) };
}

/** The rule that already keeps a file here, in words. */
async function heldBy({ policy, resources }: Dependencies, uri: vscode.Uri): Promise<string | undefined> {
  await policy.ready;
  if (policy.current().kind !== 'loaded') return undefined;
  const { reach, rules } = policy.decide({ kind: 'file', resource: await resources.resolve(uri.toString()) });
  const rule = rules.find((candidate) => !mayReach(candidate.reach, 'perimeter'));
  if (mayReach(reach, 'perimeter') || !rule) return undefined;
  return `rule ${rule.id}, ${rule.file === undefined ? 'built in' : shortPlace(rule.file, rule.line)}`;
}

async function openPolicy(file: vscode.Uri): Promise<vscode.TextDocument> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true, contents: new TextEncoder().encode(keepPolicy) });
  await vscode.workspace.applyEdit(edit);
  return vscode.workspace.openTextDocument(file);
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return (type & vscode.FileType.Directory) !== 0;
}

function tell(uri: vscode.Uri, kept: Kept): void {
  const name = vscode.workspace.asRelativePath(uri);
  switch (kept.kind) {
    case 'kept':
      return void offer(
        kept.saved
          ? `${name} stays on this machine from now on.`
          : `${name} will stay on this machine once you save the policy file.`,
        'Show Rule',
        () => showRule(kept.file),
      );
    case 'already':
      return void offer(`${name} already stays on this machine (${kept.by}).`, 'Explain', () =>
        vscode.commands.executeCommand('ringfence.policy.explainFile', uri),
      );
    case 'impossible':
      return void offer(`${name} was not added to the policy. ${kept.message}`, 'Open Policy', () =>
        vscode.commands.executeCommand('ringfence.policy.create'),
      );
  }
}

async function offer(message: string, action: string, act: () => Thenable<unknown>): Promise<void> {
  if ((await vscode.window.showInformationMessage(unlinked(message), action)) === action) await act();
}

/** Shows the rule that holds what was kept by hand. */
async function showRule(file: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const at = document.getText().indexOf('"kept-device');
  await showPlace(file.toString(), document.positionAt(Math.max(0, at)).line + 1);
}

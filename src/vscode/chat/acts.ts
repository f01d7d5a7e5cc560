import * as vscode from 'vscode';
import type { ActionId } from '../../core/protocol/view.ts';

/** Puts text where the cursor is in the editor that was active last, and goes there. */
export async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) {
    void vscode.window.showInformationMessage('Open a file to insert the code into.');
    return;
  }
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!done) void vscode.window.showInformationMessage('This file cannot be edited.');
  else
    await vscode.window.showTextDocument(editor.document, {
      viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
    });
}

/** Opens a link that the user clicked. `https:` only; the editor asks about hosts that it does not trust. */
export async function openLink(url: string): Promise<void> {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return;
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** Starts the user's own Ollama where the user sees it. */
export function startOllama(): void {
  const terminal = vscode.window.createTerminal({ name: 'Ollama' });
  terminal.sendText('ollama serve');
  terminal.show(true);
}

/** What the panel's buttons ask of the editor itself; false for those that are the chat's own. */
export async function actInEditor(action: ActionId): Promise<boolean> {
  const command = commands[action];
  if (!command) return false;
  await vscode.commands.executeCommand(...command);
  return true;
}

const commands: Partial<Readonly<Record<ActionId, readonly [command: string, ...rest: string[]]>>> = {
  'set-key': ['ringfence.keys.set'],
  'open-settings': ['workbench.action.openSettings', 'ringfence.backends'],
  'create-policy': ['ringfence.policy.create'],
  // Opens the file that is there.
  'open-policy': ['ringfence.policy.create'],
  'manage-trust': ['workbench.trust.manage'],
};

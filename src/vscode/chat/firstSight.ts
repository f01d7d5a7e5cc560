import * as vscode from 'vscode';

/**
 * Opens the chat where the secondary side bar would stand open and empty: once for a workspace, and without taking the
 * focus. In a workspace that it does not know yet, the editor opens that bar for its own chat; with its AI features
 * switched off there is nothing in it.
 */
export async function fillSideBar(memory: vscode.Memento): Promise<void> {
  if (memory.get<boolean>(filledKey) || !standsEmpty()) return;
  await memory.update(filledKey, true);
  await vscode.commands.executeCommand('ringfence.chat.focus', { preserveFocus: true });
}

const filledKey = 'chat.sideBarFilled';

function standsEmpty(): boolean {
  const isOff = vscode.workspace.getConfiguration('chat').get('disableAIFeatures') === true;
  const visibility = vscode.workspace.getConfiguration('workbench').get('secondarySideBar.defaultVisibility');
  const isOpen = String(visibility).endsWith('InWorkspace')
    ? (vscode.workspace.workspaceFolders ?? []).length > 0
    : visibility === 'visible' || visibility === 'maximized';
  return isOff && isOpen;
}

// Every key goes through the extension host, as with extensions that give the editor the keys of another.
import * as vscode from 'vscode';

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('type', (/** @type {unknown} */ typed) =>
      vscode.commands.executeCommand('default:type', typed),
    ),
  );
}

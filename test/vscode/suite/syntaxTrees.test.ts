import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { describe, it } from '../support/suite.ts';

describe('context', () => {
  it(
    'reads definitions by the grammars that the editor comes with',
    async () => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder);
      // The log takes the focus when it comes: the code is shown once it is there.
      await vscode.commands.executeCommand('ringfence.log.show');
      await eventually('the log to be shown', () => vscode.window.activeTextEditor?.document.uri.scheme === 'output');
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'src/cart.ts'));
      await eventually('the grammar to be in use', () =>
        vscode.workspace.textDocuments
          .filter(({ uri }) => uri.scheme === 'output')
          .some((log) => log.getText().includes('Definitions in typescript are read with tree-sitter.')),
      );
    },
    { timeout: 90_000 },
  );
});

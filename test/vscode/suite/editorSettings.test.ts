import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describe, it } from '../support/suite.ts';

describe("the editor's own settings that completion leans on", () => {
  for (const [name, standard] of [
    ['inlineSuggest.enabled', true],
    ['inlineSuggest.minShowDelay', 0],
    ['inlineSuggest.suppressInSnippetMode', true],
  ] as const)
    it(`have ${name}, ${standard} unless set`, () => {
      assert.equal(vscode.workspace.getConfiguration('editor').inspect(name)?.defaultValue, standard);
    });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Memento } from 'vscode';
import { fillSideBar } from '../../../src/vscode/chat/firstSight.ts';
import { editor, workspace } from '../../support/vscode.ts';

describe('the secondary side bar', () => {
  beforeEach(() => {
    editor.reset();
    editor.configuration.set('chat.disableAIFeatures', true);
    editor.configuration.set('workbench.secondarySideBar.defaultVisibility', 'visibleInWorkspace');
    workspace.workspaceFolders = [{ uri: 'file:///w' }];
  });

  it('is filled once for a workspace where it would stand empty', async () => {
    const memory = memento();
    await fillSideBar(memory);
    await fillSideBar(memory);
    assert.deepEqual(editor.executed, ['ringfence.chat.focus']);
  });

  it('is left alone where the editor fills it, keeps it closed, or has no folder', async () => {
    editor.configuration.set('chat.disableAIFeatures', false);
    await fillSideBar(memento());
    editor.configuration.set('chat.disableAIFeatures', true);
    editor.configuration.set('workbench.secondarySideBar.defaultVisibility', 'hidden');
    await fillSideBar(memento());
    editor.configuration.set('workbench.secondarySideBar.defaultVisibility', 'visibleInWorkspace');
    workspace.workspaceFolders = undefined;
    await fillSideBar(memento());
    assert.deepEqual(editor.executed, []);
  });
});

function memento(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    // What is kept is what was given under that name.
    get: <T>(name: string, fallback?: T) => (kept.get(name) ?? fallback) as T,
    update: async (name, value) => void kept.set(name, value),
  };
}

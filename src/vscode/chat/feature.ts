import * as vscode from 'vscode';
import type { CopyMemory } from './copies.ts';
import { fillSideBar } from './firstSight.ts';
import type { ChatDependencies } from './panel.ts';
import type { ChatView } from './view.ts';

/** Registers the chat panel and its commands. What is behind them is loaded when one is first used. */
export function registerChat(dependencies: Omit<ChatDependencies, 'copies'>): vscode.Disposable {
  let loading: Promise<ChatView> | undefined;
  let remembering: Promise<CopyMemory> | undefined;
  const copies = (): Promise<CopyMemory> =>
    (remembering ??= import('./copies.ts').then(({ createCopyMemory }) => createCopyMemory(dependencies.reader)));
  const chat = (): Promise<ChatView> =>
    (loading ??= Promise.all([import('./panel.ts'), copies()]).then(([{ createChatPanel }, known]) =>
      createChatPanel({ ...dependencies, copies: known }),
    ));
  const registered = vscode.Disposable.from(
    // Learns of copies and offers no way of pasting: the editor pastes as it always does.
    vscode.languages.registerDocumentPasteEditProvider(
      '*',
      { prepareDocumentPaste: async (document, ranges) => (await copies()).remember(document, ranges) },
      { providedPasteEditKinds: [], copyMimeTypes: ['application/vnd.ringfence.copy'] },
    ),
    vscode.window.registerWebviewViewProvider('ringfence.chat', {
      resolveWebviewView: async (view) => (await chat()).resolve(view),
    }),
    vscode.commands.registerCommand('ringfence.chat.new', async () => (await chat()).newChat()),
    vscode.commands.registerCommand('ringfence.chat.focusInput', async () => (await chat()).focus()),
    vscode.commands.registerCommand('ringfence.chat.attachFile', async (uri: unknown) =>
      (await chat()).attach(uri instanceof vscode.Uri ? { kind: 'uri', uri: uri.toString() } : { kind: 'active-file' }),
    ),
    vscode.commands.registerCommand('ringfence.chat.attachSelection', async () =>
      (await chat()).attach({ kind: 'selection' }),
    ),
    { dispose: () => void loading?.then((view) => view.dispose()) },
  );
  void fillSideBar(dependencies.memory);
  return registered;
}

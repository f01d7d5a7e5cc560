import * as vscode from 'vscode';
import type { ChatDependencies } from './chatPanel.ts';
import type { ChatView } from './chatView.ts';

/** Registers the chat panel and its commands. What is behind them is loaded when one is first used. */
export function registerChat(dependencies: ChatDependencies): vscode.Disposable {
  let loading: Promise<ChatView> | undefined;
  const chat = (): Promise<ChatView> =>
    (loading ??= import('./chatPanel.ts').then(({ createChatPanel }) => createChatPanel(dependencies)));
  return vscode.Disposable.from(
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
}

import * as vscode from 'vscode';
import type { WhyDependencies, WhyPanel } from './whyPanel.ts';

/** Registers the view that says why a suggestion came, or none. What is behind it is loaded when it is first asked for. */
export function registerWhy(dependencies: WhyDependencies): vscode.Disposable {
  let loading: Promise<WhyPanel> | undefined;
  const panel = (): Promise<WhyPanel> =>
    (loading ??= import('./whyPanel.ts').then(({ createWhyPanel }) => createWhyPanel(dependencies)));
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.whyThisSuggestion', async (text: unknown) => (await panel()).show(text)),
    vscode.commands.registerCommand('ringfence.whyThisSuggestion.copy', async () => (await panel()).copy()),
    { dispose: () => void loading?.then((view) => view.dispose()) },
  );
}

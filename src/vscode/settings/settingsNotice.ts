import * as vscode from 'vscode';
import type { SettingsSource } from './settings.ts';
import { unlinked } from '../unlinked.ts';

/** Tells of settings that make no sense and are replaced by their defaults: all at once, and once for each of them. */
export function noticeSettings(settings: SettingsSource, log: (line: string) => void): vscode.Disposable {
  const told = new Set<string>();
  const look = (): void => {
    const fresh = settings
      .problems()
      .map(({ key, message }) => ({ key, line: `ringfence.${key}: ${message}` }))
      .filter(({ line }) => !told.has(line));
    const [first] = fresh;
    if (!first) return;
    for (const { line } of fresh) {
      told.add(line);
      log(line);
    }
    void show(first, fresh.length - 1);
  };
  look();
  return settings.onDidChange(look);
}

async function show({ key, line }: { readonly key: string; readonly line: string }, more: number): Promise<void> {
  const open = 'Open Settings';
  const others = more === 0 ? '' : ` (and ${more} more, see the log)`;
  const choice = await vscode.window.showWarningMessage(unlinked(`A setting is not used. ${line}${others}`), open);
  // Of a list, an entry is wrong: the settings are found by the name of the list.
  const found = `ringfence.${key.replace(/\[\d+\]$/, '')}`;
  if (choice === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', more === 0 ? found : 'ringfence');
}

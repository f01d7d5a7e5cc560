import * as vscode from 'vscode';
import type { SettingsSource } from './settings.ts';
import { unlinked } from '../unlinked.ts';

/** Tells of settings that make no sense and are replaced by their defaults: all at once, and once for each of them. */
export function noticeSettings(settings: SettingsSource, log: (line: string) => void): vscode.Disposable {
  const told = new Set<string>();
  const look = (): void => {
    const fresh = settings
      .problems()
      .map(({ key, message }) => `ringfence.${key}: ${message}`)
      .filter((line) => !told.has(line));
    if (fresh.length === 0) return;
    for (const line of fresh) {
      told.add(line);
      log(line);
    }
    void show(fresh);
  };
  look();
  return settings.onDidChange(look);
}

async function show(lines: readonly string[]): Promise<void> {
  const open = 'Open Settings';
  const [first = ''] = lines;
  const more = lines.length === 1 ? '' : ` (and ${lines.length - 1} more, see the log)`;
  const choice = await vscode.window.showWarningMessage(unlinked(`A setting is not used. ${first}${more}`), open);
  if (choice === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'ringfence');
}

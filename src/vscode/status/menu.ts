import * as vscode from 'vscode';
import type { StatusProblem } from '../../core/status/problem.ts';
import type { Snooze } from '../completion/snooze.ts';
import { writeSetting } from '../settings/settingScope.ts';
import type { SettingsSource } from '../settings/settings.ts';
import type { MenuActs } from './menuItems.ts';

type Dependencies = {
  readonly settings: SettingsSource;
  readonly snooze: Snooze;
  /** What does not work now. */
  readonly problem: () => StatusProblem | undefined;
};

/** Registers the menu behind the status bar. What stands on it is loaded when it is first opened. */
export function registerMenu({ settings, snooze, problem }: Dependencies): vscode.Disposable {
  const acts: MenuActs = { toggle: () => toggle(settings), snooze: () => snoozeFor(snooze), snoozeEnd: snooze.end };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.menu', async () => {
      const { menuItems } = await import('./menuItems.ts');
      const items = menuItems({
        completion: settings.current().completion,
        chat: settings.current().chat,
        problem: problem(),
        snoozed: snooze.until() !== undefined,
        acts,
      });
      const picked = await vscode.window.showQuickPick(items, { title: 'Ringfence' });
      await picked?.run?.();
    }),
    vscode.commands.registerCommand('ringfence.completion.toggle', acts.toggle),
    vscode.commands.registerCommand('ringfence.completion.snooze', acts.snooze),
    vscode.commands.registerCommand('ringfence.completion.endSnooze', acts.snoozeEnd),
    snooze.onDidChange(() => vscode.commands.executeCommand('setContext', 'ringfence.snoozed', !!snooze.until())),
  );
}

async function toggle(settings: SettingsSource): Promise<void> {
  await writeSetting('completion.enabled', !settings.current().completion.enabled);
}

async function snoozeFor(snooze: Snooze): Promise<void> {
  const choices = [5, 15, 60].map((minutes) => ({ label: `${minutes} minutes`, minutes }));
  const picked = await vscode.window.showQuickPick(choices, { title: 'Suggest nothing for' });
  if (picked) snooze.start(picked.minutes);
}

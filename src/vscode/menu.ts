import * as vscode from 'vscode';
import type { SettingsSource } from './settings.ts';
import type { Snooze } from './snooze.ts';

type Dependencies = { readonly settings: SettingsSource; readonly snooze: Snooze };

type MenuItem = vscode.QuickPickItem & { readonly run?: () => unknown };

/** Registers the menu behind the status bar: everything that one wants to switch while coding, on one list. */
export function registerMenu(dependencies: Dependencies): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.menu', async () => {
      const picked = await vscode.window.showQuickPick(items(dependencies), { title: 'Ringfence' });
      await picked?.run?.();
    }),
    vscode.commands.registerCommand('ringfence.completion.toggle', () => toggle(dependencies.settings)),
    vscode.commands.registerCommand('ringfence.completion.snooze', () => snoozeFor(dependencies.snooze)),
  );
}

function items({ settings, snooze }: Dependencies): readonly MenuItem[] {
  const { completion } = settings.current();
  const language = vscode.window.activeTextEditor?.document.languageId;
  const inLanguage = language === undefined || (completion.languages[language] ?? completion.languages['*'] ?? true);
  return [
    section('Completion'),
    {
      label: completion.enabled ? '$(circle-slash) Switch completion off' : '$(play) Switch completion on',
      run: () => toggle(settings),
    },
    ...(language === undefined
      ? []
      : [
          {
            label: inLanguage ? `$(circle-slash) Off for ${language} files` : `$(play) On for ${language} files`,
            run: () => set('completion.languages', { ...completion.languages, [language]: !inLanguage }),
          },
        ]),
    snooze.until() === undefined
      ? { label: '$(bell-slash) Snooze…', run: () => snoozeFor(snooze) }
      : { label: '$(bell) End the snooze', run: () => snooze.end() },
    completion.trigger === 'automatic'
      ? { label: '$(keyboard) Suggest by hand only', run: () => set('completion.trigger', 'manual') }
      : { label: '$(keyboard) Suggest while typing', run: () => set('completion.trigger', 'automatic') },
    command('$(symbol-misc) Choose the completion model…', 'ringfence.models.selectForCompletion'),
    section('Chat'),
    command('$(comment) Ask Ringfence', 'ringfence.chat.focusInput'),
    command('$(symbol-misc) Choose the chat model…', 'ringfence.models.selectForChat'),
    section('What went where'),
    command('$(list-unordered) Show requests', 'ringfence.requests.show'),
    command('$(graph) Privacy report', 'ringfence.report.show'),
    command('$(law) Explain this file', 'ringfence.policy.explainFile'),
    command('$(output) Show the log', 'ringfence.log.show'),
    command('$(gear) Settings', 'workbench.action.openSettings', '@ext:ringfence.ringfence'),
  ];
}

async function toggle(settings: SettingsSource): Promise<void> {
  await set('completion.enabled', !settings.current().completion.enabled);
}

async function snoozeFor(snooze: Snooze): Promise<void> {
  const choices = [5, 15, 60].map((minutes) => ({ label: `${minutes} minutes`, minutes }));
  const picked = await vscode.window.showQuickPick(choices, { title: 'Suggest nothing for' });
  if (picked) snooze.start(picked.minutes);
}

async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('ringfence').update(key, value, vscode.ConfigurationTarget.Global);
}

function section(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function command(label: string, id: string, ...rest: readonly unknown[]): MenuItem {
  return { label, run: () => vscode.commands.executeCommand(id, ...rest) };
}

import * as vscode from 'vscode';
import { userKeys, workspaceKeys } from '../../core/settings/keys.ts';
import { parseSettings } from '../../core/settings/parseSettings.ts';
import type { SettingProblem, Settings } from '../../core/settings/settings.ts';

/** The one reader of settings: a frozen snapshot and an event for the next. */
export type SettingsSource = vscode.Disposable & {
  readonly current: () => Settings;
  readonly problems: () => readonly SettingProblem[];
  readonly onDidChange: vscode.Event<Settings>;
};

/**
 * Reads `ringfence.*`. Servers and models are taken from the user's own settings only, whatever the editor would resolve, so
 * that no file of a repository can name a server, a zone or a model; while the workspace is not trusted, this holds for
 * every key.
 */
export function createSettings(): SettingsSource {
  const changed = new vscode.EventEmitter<Settings>();
  let state = read();
  const refresh = (): void => {
    state = read();
    changed.fire(state.settings);
  };
  const listener = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('ringfence') && refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
  return {
    current: () => state.settings,
    problems: () => state.problems,
    onDidChange: changed.event,
    dispose: () => void listener.dispose(),
  };
}

function read() {
  const configuration = vscode.workspace.getConfiguration('ringfence');
  const own = (key: string): unknown => configuration.inspect(key)?.globalValue;
  const effective = (key: string): unknown => (vscode.workspace.isTrusted ? configuration.get(key) : own(key));
  const raw = Object.fromEntries([
    ...userKeys.map((key) => [key, own(key)] as const),
    ...workspaceKeys.map((key) => [key, effective(key)] as const),
  ]);
  return parseSettings(raw);
}

import * as vscode from 'vscode';
import type { SettingScope } from '../../core/completion/why/explanation.ts';

/** Whose value of a setting counts: the workspace's where it has one and is trusted. `key` is without `ringfence.`. */
export function decidingScope(key: string): SettingScope {
  return workspaceValue(key) === undefined ? 'user' : 'workspace';
}

/** Whose value decides about one entry of a setting that is an object: such objects are laid over one another. */
export function decidingScopeOfEntry(key: string, entry: string): SettingScope {
  const value = workspaceValue(key);
  return isRecord(value) && Object.hasOwn(value, entry) ? 'workspace' : 'user';
}

/** Writes a setting where it counts, so that what the user switches takes effect. */
export async function writeSetting(key: string, value: unknown, scope = decidingScope(key)): Promise<void> {
  await vscode.workspace.getConfiguration('ringfence').update(key, value, targets[scope]);
}

/** Writes one entry of a setting that is an object, where it counts, and leaves the others as they are. */
export async function writeEntry(key: string, entry: string, value: unknown): Promise<void> {
  const scope = decidingScopeOfEntry(key, entry);
  const old = scope === 'workspace' ? workspaceValue(key) : inspect(key)?.globalValue;
  await writeSetting(key, { ...(isRecord(old) ? old : {}), [entry]: value }, scope);
}

const targets: Readonly<Record<SettingScope, vscode.ConfigurationTarget>> = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
};

function workspaceValue(key: string): unknown {
  return vscode.workspace.isTrusted ? inspect(key)?.workspaceValue : undefined;
}

function inspect(key: string) {
  return vscode.workspace.getConfiguration('ringfence').inspect(key);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

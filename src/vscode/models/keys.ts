import * as vscode from 'vscode';
import type { BackendRecord } from '../../core/settings/settings.ts';

/**
 * Keys of backends: in the editor's secret storage, or in an environment variable that the backend's record in the
 * user's settings names. Nowhere else, and never in a setting, a log or a message.
 */
export type Keys = vscode.Disposable & { readonly keyFor: (backend: BackendRecord) => Promise<string | undefined> };

/** Registers the commands that set and remove keys. */
export function createKeys(
  secrets: vscode.SecretStorage,
  backends: () => readonly BackendRecord[],
  environment: Readonly<Record<string, string | undefined>>,
): Keys {
  const registered = vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.keys.set', () => setKey(secrets, backends())),
    vscode.commands.registerCommand('ringfence.keys.remove', () => removeKey(secrets, backends())),
  );
  return {
    keyFor: async (backend) =>
      backend.keyEnv === undefined ? await secrets.get(secretName(backend)) : environment[backend.keyEnv] || undefined,
    dispose: () => void registered.dispose(),
  };
}

async function setKey(secrets: vscode.SecretStorage, backends: readonly BackendRecord[]): Promise<void> {
  const keyed = backends.filter(takesKey);
  if (keyed.length === 0) {
    const open = 'Open Settings';
    const choice = await vscode.window.showInformationMessage(
      'No backend takes a key yet. Add one in the settings first.',
      open,
    );
    if (choice === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'ringfence.backends');
    return;
  }
  const backend = await pick('Whose key?', keyed);
  if (!backend) return;
  const { host } = new URL(backend.url);
  const key = await vscode.window.showInputBox({
    title: `API key of ${backend.id}`,
    prompt: `Kept in the editor's secret storage and sent to ${host} only.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: wrongKey,
  });
  if (!key) return;
  await secrets.store(secretName(backend), key);
  void vscode.window.showInformationMessage(`The key of ${backend.id} is kept and goes to ${host} only.`);
}

async function removeKey(secrets: vscode.SecretStorage, backends: readonly BackendRecord[]): Promise<void> {
  const stored = await Promise.all(
    backends
      .filter(takesKey)
      .map(async (backend) => ((await secrets.get(secretName(backend))) === undefined ? [] : [backend])),
  );
  const keyed = stored.flat();
  if (keyed.length === 0) return void vscode.window.showInformationMessage('No key is kept.');
  const backend = await pick('Remove whose key?', keyed);
  if (!backend) return;
  await secrets.delete(secretName(backend));
  void vscode.window.showInformationMessage(`The key of ${backend.id} is removed.`);
}

/** A key that the environment holds is not this editor's to set. */
function takesKey({ kind, keyEnv }: BackendRecord): boolean {
  return kind !== 'ollama' && keyEnv === undefined;
}

function wrongKey(text: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(text) ? undefined : 'A key has no spaces and only plain characters.';
}

async function pick(title: string, backends: readonly BackendRecord[]): Promise<BackendRecord | undefined> {
  const items = backends.map((backend) => ({ label: backend.id, description: backend.url, backend }));
  return (await vscode.window.showQuickPick(items, { title }))?.backend;
}

/** Bound to the address too: a record that is pointed elsewhere does not take the key along. */
function secretName(backend: BackendRecord): string {
  return `key:${backend.id}:${new URL(backend.url).origin}`;
}

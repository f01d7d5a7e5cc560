import * as vscode from 'vscode';
import type { BackendRecord } from '../core/settings/settings.ts';

/**
 * Keys of backends: in the editor's secret storage, or in an environment variable that the backend's machine-scoped record
 * names. Nowhere else, and never in a setting, a log or a message.
 */
export type Keys = vscode.Disposable & { readonly keyFor: (backend: BackendRecord) => Promise<string | undefined> };

/** Registers the commands that set and remove keys. */
export function createKeys(
  secrets: vscode.SecretStorage,
  backends: () => readonly BackendRecord[],
  environment: Readonly<Record<string, string | undefined>>,
): Keys {
  const registered = vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.keys.set', async () => {
      const backend = await pick('Whose key?', backends());
      if (!backend) return;
      const key = await vscode.window.showInputBox({
        title: `API key of ${backend.id}`,
        prompt: `Kept in the editor's secret storage and sent to ${new URL(backend.url).host} only.`,
        password: true,
        ignoreFocusOut: true,
        validateInput: (text) =>
          /^[\x21-\x7e]*$/.test(text) ? undefined : 'A key has no spaces and only plain characters.',
      });
      if (key) await secrets.store(secretName(backend), key);
    }),
    vscode.commands.registerCommand('ringfence.keys.remove', async () => {
      const backend = await pick('Remove whose key?', backends());
      if (backend) await secrets.delete(secretName(backend));
    }),
  );
  return {
    keyFor: async (backend) =>
      backend.keyEnv === undefined ? await secrets.get(secretName(backend)) : environment[backend.keyEnv] || undefined,
    dispose: () => void registered.dispose(),
  };
}

async function pick(title: string, backends: readonly BackendRecord[]): Promise<BackendRecord | undefined> {
  const keyed = backends.filter((backend) => backend.kind !== 'ollama' && backend.keyEnv === undefined);
  if (keyed.length === 0) {
    const open = 'Open Settings';
    const choice = await vscode.window.showInformationMessage(
      'No backend takes a key yet. Add one in the settings first.',
      open,
    );
    if (choice === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'ringfence.backends');
    return undefined;
  }
  const items = keyed.map((backend) => ({ label: backend.id, description: backend.url, backend }));
  return (await vscode.window.showQuickPick(items, { title }))?.backend;
}

/** Bound to the address too: a record that is pointed elsewhere does not take the key along. */
function secretName(backend: BackendRecord): string {
  return `key:${backend.id}:${new URL(backend.url).origin}`;
}

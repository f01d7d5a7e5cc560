import * as vscode from 'vscode';
import type { Started } from './compose/start.ts';
import { awaitApi } from './vscode/awaitApi.ts';
import type { RingfenceApi } from './vscode/api.ts';
import { declaredCommands, holdCommands } from './vscode/holdCommands.ts';

/** What `deactivate` has to end; the editor gives it nothing to find it by. */
const running: { started?: Promise<Started> } = {};

/**
 * Starts Ringfence without keeping the editor waiting: the parts are loaded behind this call, and whatever is asked of them
 * meanwhile, a command or the API, waits until they stand.
 */
export function activate(context: vscode.ExtensionContext): RingfenceApi {
  const held = holdCommands(declaredCommands(context.extension.packageJSON), async () => running.started);
  const started = import('./compose/start.ts').then(({ start }) => {
    held.dispose();
    return start(context);
  });
  running.started = started;
  started.catch((error: unknown) => {
    held.dispose();
    void vscode.window.showErrorMessage(
      `Ringfence could not start: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  return awaitApi(started.then(({ api }) => api));
}

/** Resolves when what must be on disk is there; the editor waits for this and not for disposables. */
export async function deactivate(): Promise<void> {
  await (await running.started?.catch(() => undefined))?.end();
}

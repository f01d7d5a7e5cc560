import * as vscode from 'vscode';
import type { Guard, ModelList } from '../../core/exchange/guard.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { startOllama } from '../chat/acts.ts';
import { clock } from '../clock.ts';
import { unlinked } from '../unlinked.ts';

type Dependencies = {
  readonly guard: Pick<Guard, 'models'>;
  readonly settings: () => Settings;
};

/**
 * Starts the user's own Ollama in a terminal and waits until it answers. Resolves to whether it does; where it does not, the
 * user is told what to do.
 */
export async function startAndWait({ guard, settings }: Dependencies): Promise<boolean> {
  const backend = settings().backends.find(({ kind }) => kind === 'ollama');
  if (!backend) {
    void vscode.window.showErrorMessage('No Ollama is set up. Add one under ringfence.backends.');
    return false;
  }
  const list = (): Promise<ModelList | undefined> =>
    guard.models(backend.id, AbortSignal.timeout(listMs)).catch(() => undefined);
  const first = await list();
  if (first?.kind === 'models') {
    void vscode.window.showInformationMessage('Ollama is running.');
    return true;
  }
  // A terminal would open beside the files, which need not be where the server is looked for.
  if (first?.error.asked !== undefined) {
    void vscode.window.showErrorMessage(unlinked([first.error.message, first.error.action ?? ''].join(' ').trim()));
    return false;
  }
  startOllama();
  for (let tries = 0; tries < mostTries; tries += 1) {
    await clock.delay(pauseMs, new AbortController().signal);
    if ((await list())?.kind === 'models') return true;
  }
  void vscode.window.showErrorMessage(
    'Ollama does not answer. If it is not on this machine yet, get it from ollama.com/download.',
  );
  return false;
}

const listMs = 5_000;
const pauseMs = 1_000;
const mostTries = 15;

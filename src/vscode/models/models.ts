import * as vscode from 'vscode';
import { followPull, type PullEnd } from '../../assistant/followPull.ts';
import type { Guard } from '../../core/exchange/guard.ts';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { ModelUse } from '../../core/exchange/unfit.ts';
import { formatBytes } from '../../core/protocol/amounts.ts';
import { parseDownload } from '../../core/settings/parseDownload.ts';
import type { BackendRecord } from '../../core/settings/settings.ts';
import { writeSetting } from '../settings/settingScope.ts';
import type { PickDependencies } from './pickModel.ts';
import { unlinked } from '../unlinked.ts';

type Dependencies = PickDependencies & {
  readonly guard: Pick<Guard, 'pull'>;
  /** Told when a model or a server has come, so that lists are made anew. */
  readonly pulled: () => void;
  readonly log: (message: string) => void;
};

/** Registers the commands that choose and download models. What lists them is loaded when it is first opened. */
export function registerModelCommands(dependencies: Dependencies): vscode.Disposable {
  const choose = async (use: ModelUse): Promise<void> => {
    const { pickModel } = await import('./pickModel.ts');
    const model = await pickModel(dependencies, use);
    if (model) await writeSetting(`${use}.model`, model === 'none' ? undefined : formatModelRef(model), 'user');
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.models.selectForChat', () => choose('chat')),
    vscode.commands.registerCommand('ringfence.models.selectForCompletion', () => choose('completion')),
    vscode.commands.registerCommand('ringfence.models.pull', (name: unknown) =>
      pullModel(dependencies, typeof name === 'string' ? name : undefined),
    ),
    vscode.commands.registerCommand('ringfence.models.start', async () => {
      const { startAndWait } = await import('./startOllama.ts');
      if (await startAndWait(dependencies)) dependencies.pulled();
    }),
  );
}

/** `name` is `backendId/model`, or a model of the first Ollama; without it the user is asked. */
async function pullModel(dependencies: Dependencies, name: string | undefined): Promise<void> {
  const { backends } = dependencies.settings();
  const asked = name ?? (await askForModel(backends));
  if (asked === undefined) return;
  const wanted = parseDownload(asked, backends);
  if (wanted.kind === 'problem') return void vscode.window.showErrorMessage(unlinked(wanted.message));
  const { model } = wanted;
  const end = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: unlinked(`Downloading ${model.model}`),
      cancellable: true,
    },
    (progress, token) => pullInSight(dependencies, model, { progress, token }),
  );
  if (end.kind === 'failed') await tellOfFailure(dependencies, model, end.message);
  if (end.kind !== 'done') return;
  dependencies.pulled();
  void vscode.window.showInformationMessage(unlinked(`${model.model} is downloaded and ready to use.`));
}

/** A server that does not even list its models is what has to be mended, and the message leads there. */
async function tellOfFailure({ guard }: Dependencies, { backend }: ModelRef, message: string): Promise<void> {
  const { mendFor } = await import('../../core/status/mend.ts');
  const list = await guard.models(backend, AbortSignal.timeout(listMs)).catch(() => undefined);
  const mend = list?.kind === 'failed' ? mendFor({ ...list.error, kind: 'ollama' }) : undefined;
  const choice = await vscode.window.showErrorMessage(unlinked(message), ...(mend ? [mend.label] : []));
  if (mend && choice === mend.label) await vscode.commands.executeCommand(mend.command, ...mend.args);
}

/** Milliseconds that a server has to list its models. */
const listMs = 5_000;

async function askForModel(backends: readonly BackendRecord[]): Promise<string | undefined> {
  const none = parseDownload('any', backends);
  // Without a server that downloads there is nothing to ask; the sentence says what to do.
  if (none.kind === 'problem') return '';
  return vscode.window.showInputBox({
    title: 'Download a model',
    prompt: 'A name from ollama.com/library, such as qwen2.5-coder:7b.',
    value: `${none.model.backend}/qwen2.5-coder:1.5b`,
    validateInput: (text) => {
      const wanted = parseDownload(text, backends);
      return wanted.kind === 'problem' ? wanted.message : undefined;
    },
  });
}

/** Progress is shown and can be cancelled. */
async function pullInSight(
  { guard, log }: Dependencies,
  model: ModelRef,
  shown: {
    readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
    readonly token: vscode.CancellationToken;
  },
): Promise<PullEnd> {
  const abort = new AbortController();
  shown.token.onCancellationRequested(() => abort.abort());
  let percent = 0;
  const tell = ({ status, completed = 0, total }: { status: string; completed?: number; total?: number }): void => {
    const now = total ? Math.floor((100 * completed) / total) : percent;
    shown.progress.report({
      message: total ? `${formatBytes(completed)} of ${formatBytes(total)}` : unlinked(status),
      increment: Math.max(0, now - percent),
    });
    percent = Math.max(percent, now);
  };
  return followPull({ guard, log, tell }, model, abort.signal);
}

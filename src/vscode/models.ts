import * as vscode from 'vscode';
import { followPull, type PullEnd } from '../assistant/followPull.ts';
import { modelDetail } from '../core/chat/modelDetail.ts';
import type { Guard, ListedModel } from '../core/exchange/guard.ts';
import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import { formatBytes } from '../core/protocol/amounts.ts';
import { zoneWords } from '../core/protocol/words.ts';
import { parseDownload } from '../core/settings/parseDownload.ts';
import type { BackendRecord } from '../core/settings/settings.ts';
import { zoneIcon } from '../core/status/servedBy.ts';

type Dependencies = {
  readonly guard: Guard;
  readonly backends: () => readonly BackendRecord[];
  /** Told when a model has come, so that lists are made anew. */
  readonly pulled: () => void;
  readonly log: (message: string) => void;
};

/** Registers the commands that choose and download models. */
export function registerModelCommands(dependencies: Dependencies): vscode.Disposable {
  const choose = async (key: string, title: string): Promise<void> => {
    const model = await pickModel(dependencies, title);
    if (model)
      await vscode.workspace
        .getConfiguration('ringfence')
        .update(key, formatModelRef(model), vscode.ConfigurationTarget.Global);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.models.selectForChat', () => choose('chat.model', 'Model for chat')),
    vscode.commands.registerCommand('ringfence.models.selectForCompletion', () =>
      choose('completion.model', 'Model for completion'),
    ),
    vscode.commands.registerCommand('ringfence.models.pull', (name: unknown) =>
      pullModel(dependencies, typeof name === 'string' ? name : undefined),
    ),
  );
}

type ModelItem = vscode.QuickPickItem & { readonly ref?: ModelRef };

async function pickModel(
  { guard, backends }: Pick<Dependencies, 'guard' | 'backends'>,
  title: string,
): Promise<ModelRef | undefined> {
  const items = vscode.window.withProgress({ location: { viewId: 'ringfence.chat' } }, async () => {
    const lists = await Promise.all(
      backends().map(async (backend) => ({
        backend,
        list: await guard.models(backend.id, AbortSignal.timeout(10_000)),
      })),
    );
    return lists.flatMap(({ backend, list }): ModelItem[] => [
      { label: backend.id, kind: vscode.QuickPickItemKind.Separator },
      ...(list.kind === 'models'
        ? list.models.map(modelItem)
        : [{ label: `$(warning) ${list.error.message}`, ...(list.error.action && { detail: list.error.action }) }]),
    ]);
  });
  const placeHolder = 'Used in every window; your settings remember it';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return picked?.ref;
}

function modelItem(listed: ListedModel): ModelItem {
  const { info, proof } = listed;
  return {
    label: `$(${zoneIcon(proof.zone)}) ${info.ref.model}`,
    description: [zoneWords[proof.zone], modelDetail(listed)].filter((word) => word !== undefined).join(' · '),
    ref: info.ref,
  };
}

/** `name` is `backendId/model`, or a model of the first Ollama; without it the user is asked. */
async function pullModel(dependencies: Dependencies, name: string | undefined): Promise<void> {
  const asked = name ?? (await askForModel(dependencies.backends()));
  if (asked === undefined) return;
  const wanted = parseDownload(asked, dependencies.backends());
  if (wanted.kind === 'problem') return void vscode.window.showErrorMessage(wanted.message);
  const { model } = wanted;
  const end = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Downloading ${model.model}`, cancellable: true },
    (progress, token) => pullInSight(dependencies, model, { progress, token }),
  );
  if (end.kind === 'failed') void vscode.window.showErrorMessage(end.message);
  if (end.kind !== 'done') return;
  dependencies.pulled();
  void vscode.window.showInformationMessage(`${model.model} is downloaded and ready to use.`);
}

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
      message: total ? `${formatBytes(completed)} of ${formatBytes(total)}` : status,
      increment: Math.max(0, now - percent),
    });
    percent = Math.max(percent, now);
  };
  return followPull({ guard, log, tell }, model, abort.signal);
}

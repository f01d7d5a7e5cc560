import * as vscode from 'vscode';
import type { Guard, ListedModel } from '../core/exchange/guard.ts';
import { formatModelRef, parseModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { BackendRecord } from '../core/settings/settings.ts';
import { formatBytes } from '../core/protocol/amounts.ts';
import { zoneIcon } from '../core/status/servedBy.ts';

type Dependencies = {
  readonly guard: Guard;
  readonly backends: () => readonly BackendRecord[];
  /** Told when a model has come, so that lists are made anew. */
  readonly pulled: () => void;
};

/** Registers the commands that choose and download models. */
export function registerModelCommands({ guard, backends, pulled }: Dependencies): vscode.Disposable {
  const choose = async (key: string, title: string): Promise<void> => {
    const model = await pickModel({ guard, backends }, title);
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
      pullModel(guard, backends(), typeof name === 'string' ? name : undefined).then(pulled),
    ),
  );
}

type ModelItem = vscode.QuickPickItem & { readonly ref?: ModelRef };

async function pickModel(
  { guard, backends }: Omit<Dependencies, 'pulled'>,
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
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.ref;
}

function modelItem({ info, proof }: ListedModel): ModelItem {
  return {
    label: `$(${zoneIcon(proof.zone)}) ${info.ref.model}`,
    description: [proof.zone, info.parameterSize, info.bytes === undefined ? undefined : formatBytes(info.bytes)]
      .filter((word) => word !== undefined)
      .join(' · '),
    ref: info.ref,
  };
}

/** `name` is `backendId/model`; without it the user is asked. Progress is shown and can be cancelled. */
async function pullModel(guard: Guard, backends: readonly BackendRecord[], name: string | undefined): Promise<void> {
  const first = backends.find((backend) => backend.kind === 'ollama');
  if (!first) {
    void vscode.window.showInformationMessage('Only Ollama downloads models, and no Ollama backend is set up.');
    return;
  }
  const asked =
    name ?? (await vscode.window.showInputBox({ title: 'Download a model', value: `${first.id}/qwen2.5-coder:1.5b` }));
  const ref = asked === undefined ? undefined : parseModelRef(asked);
  if (!ref) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Downloading ${ref.model}`, cancellable: true },
    (progress, token) => followPull(guard, ref, { progress, token }),
  );
}

async function followPull(
  guard: Guard,
  ref: ModelRef,
  shown: {
    readonly progress: vscode.Progress<{ message?: string; increment?: number }>;
    readonly token: vscode.CancellationToken;
  },
): Promise<void> {
  const abort = new AbortController();
  shown.token.onCancellationRequested(() => abort.abort());
  let percent = 0;
  for await (const event of guard.pull(ref, abort.signal)) {
    if (event.kind === 'error') {
      void vscode.window.showErrorMessage([event.error.message, event.error.action].filter(Boolean).join(' '));
      return;
    }
    if (event.kind === 'done') return;
    const now = event.total ? Math.floor((100 * (event.completed ?? 0)) / event.total) : percent;
    shown.progress.report({
      message: event.total ? `${formatBytes(event.completed ?? 0)} of ${formatBytes(event.total)}` : event.status,
      increment: Math.max(0, now - percent),
    });
    percent = Math.max(percent, now);
  }
}

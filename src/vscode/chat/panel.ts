import * as vscode from 'vscode';
import { createConverse } from '../../assistant/converse/converse.ts';
import type { ChatStore, ConversePorts } from '../../assistant/converse/ports.ts';
import { typedLabel } from '../../core/chat/typedLabel.ts';
import { formatModelRef, parseModelRef } from '../../core/exchange/model.ts';
import { joinLabels } from '../../core/label/labelled.ts';
import type { PolicyPort } from '../../core/policy/port.ts';
import { clock } from '../clock.ts';
import type { Reader, ResourceSource } from '../reader.ts';
import type { SettingsSource } from '../settings/settings.ts';
import { startOllama } from './acts.ts';
import { createAttachments } from './attachments.ts';
import type { CopyMemory } from './copies.ts';
import { createChatView, type ChatView } from './view.ts';

export type ChatDependencies = Pick<ConversePorts, 'guard' | 'newId' | 'log'> & {
  readonly policy: PolicyPort;
  readonly reader: Reader;
  readonly resources: ResourceSource;
  /** What was copied out of editors, by its label. */
  readonly copies: Pick<CopyMemory, 'find'>;
  readonly settings: SettingsSource;
  /** Fires when a model has come to a backend by another way than this chat. */
  readonly onDidChangeModels: vscode.Event<void>;
  /** Fires when models are known after none were. */
  readonly onDidListModels: vscode.Event<unknown>;
  readonly onDidChangePolicy: vscode.Event<unknown>;
  /** Conversations on disk; which one was open is remembered by the workspace. */
  readonly files: Pick<ChatStore, 'list' | 'read' | 'write' | 'remove'>;
  readonly memory: vscode.Memento;
  readonly extensionUri: vscode.Uri;
};

const lastOpenKey = 'chat.lastOpen';
const recentKey = 'chat.recentModels';
const mostRecent = 10;

/** The chat panel with everything it needs of the editor. */
export function createChatPanel(dependencies: ChatDependencies): ChatView {
  const { policy, settings, memory, extensionUri, log } = dependencies;
  const recent = (): readonly string[] => memory.get<readonly string[]>(recentKey, []);
  const converse = createConverse({
    ...dependencies,
    store: {
      ...dependencies.files,
      lastOpen: () => memory.get<string>(lastOpenKey),
      setLastOpen: (id) => void memory.update(lastOpenKey, id),
    },
    files: createAttachments(dependencies),
    clock,
    settings: settings.current,
    rememberModel: (model) => {
      const name = formatModelRef(model);
      void memory.update(recentKey, [name, ...recent().filter((other) => other !== name)].slice(0, mostRecent));
      void rememberModel(name);
    },
    labelTyped: (text) => {
      const typed = typedLabel(policy);
      const copied = dependencies.copies.find(text);
      return copied ? joinLabels([typed, copied]) : typed;
    },
    onOutage: () => policy.current().policy.settings.cloud.onOutage,
    recentModels: () => recent().flatMap((name) => parseModelRef(name) ?? []),
    startOllama,
  });
  const view = createChatView({ converse, extensionUri, configured: () => settings.current().chat.model, log });
  const lookAgain = (): void => {
    if (converse.isIncomplete()) void converse.lookAgain();
  };
  const listening = vscode.Disposable.from(
    settings.onDidChange(() => void converse.settingsChanged()),
    dependencies.onDidChangeModels(() => void converse.lookAgain()),
    dependencies.onDidListModels(lookAgain),
    // Without a policy the servers beyond this machine could not be asked.
    dependencies.onDidChangePolicy(lookAgain),
    // The user may come back from where a model was downloaded or a server started.
    vscode.window.onDidChangeWindowState(({ focused }) => focused && lookAgain()),
  );
  return {
    ...view,
    dispose: () => {
      view.dispose();
      listening.dispose();
      void converse.dispose();
    },
  };
}

async function rememberModel(model: string): Promise<void> {
  await vscode.workspace.getConfiguration('ringfence').update('chat.model', model, vscode.ConfigurationTarget.Global);
}

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createBatteryWatch } from '../assistant/batteryWatch.ts';
import { createChatActivity } from '../assistant/chatActivity.ts';
import { createModelChoice } from '../assistant/modelChoice.ts';
import { observeGuard } from '../assistant/observeGuard.ts';
import { observeModels } from '../assistant/observeModels.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import { hostName } from '../core/status/hostName.ts';
import { whereAsked } from '../core/status/whereAsked.ts';
import { isOnBattery } from '../node/batteryPower.ts';
import { plainDigest } from '../node/chainDigest.ts';
import { createChatFiles } from '../node/chatFiles.ts';
import { createApi, type RingfenceApi } from '../vscode/api.ts';
import { registerChat } from '../vscode/chat/feature.ts';
import { clock } from '../vscode/clock.ts';
import { createCompletionReport } from '../vscode/completion/report.ts';
import { createSnooze } from '../vscode/completion/snooze.ts';
import { whenEditing } from '../vscode/completion/whenEditing.ts';
import { registerPrivacyReport } from '../vscode/ledger/privacyReport.ts';
import { createKeys } from '../vscode/models/keys.ts';
import { registerModelCommands } from '../vscode/models/models.ts';
import { registerPolicy } from '../vscode/policy/feature.ts';
import { createReader } from '../vscode/reader.ts';
import { warnOfForeignSettings } from '../vscode/settings/foreignSettings.ts';
import { createSettings } from '../vscode/settings/settings.ts';
import { noticeSettings } from '../vscode/settings/settingsNotice.ts';
import { registerMenu } from '../vscode/status/menu.ts';
import { createProblemNotice } from '../vscode/status/problemNotice.ts';
import { createRequestLog } from '../vscode/status/requestLog.ts';
import { createStatusBar } from '../vscode/status/statusBar.ts';
import { completionMissing, createStatusFeed } from '../vscode/status/statusFeed.ts';
import { watchSwitches } from '../vscode/status/switchWatch.ts';
import { composeBackends } from './backends.ts';
import { composeCodeKnowledge } from './codeKnowledge.ts';
import { composeGuard } from './guard.ts';
import { composePolicy } from './policy.ts';
import { composeResources } from './resources.ts';

/** The running extension: its API, and what has to be finished before the editor ends it. */
export type Started = { readonly api: RingfenceApi; readonly end: () => Promise<void> };

/** Builds the parts and wires them. Whatever is created is registered for disposal at once. */
export function start(context: vscode.ExtensionContext): Started {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel('Ringfence', { log: true }));
  // One feature that fails to register is told of, and the others go on.
  const feature = (name: string, register: (failed: (error: unknown) => void) => vscode.Disposable): void => {
    const failed = (error: unknown): void => {
      log.error(`${name} could not start.`, error instanceof Error ? error.message : '');
      void vscode.window.showErrorMessage(`Ringfence: ${name} could not start. The log says more.`);
    };
    try {
      own(register(failed));
    } catch (error) {
      failed(error);
    }
  };
  const storage = (...names: readonly string[]) => vscode.Uri.joinPath(context.globalStorageUri, ...names).fsPath;
  const digest = (text: string): string => plainDigest.hex(new TextEncoder().encode(text));

  const productVersion = String(context.extension.packageJSON.version);
  const settings = own(createSettings());
  const keys = own(createKeys(context.secrets, () => settings.current().backends, process.env));
  const policy = own(composePolicy({ storage: storage('policy'), productVersion, digest }));
  const resources = own(composeResources(policy, context.globalStorageUri));
  const reader = createReader({ resources, policy });

  const receipts = own(new vscode.EventEmitter<Receipt>());
  const side = context.extension.extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const place = { remoteName: vscode.env.remoteName, side } as const;
  const host = hostName(place);
  const status = own(createStatusBar(host));
  const feed = createStatusFeed(
    status,
    (backend) => settings.current().backends.find(({ id }) => id === backend)?.kind,
  );
  const chatActivity = createChatActivity();
  const notice = createProblemNotice({
    settings: settings.current,
    nearest: (missing, use) => models.nearest(missing, use),
    standIn: (missing) => models.standIn(missing),
  });
  const knowledge = own(composeCodeKnowledge({ reader, onDidChangeGround: policy.onDidChange, log }));
  const door = own(
    composeGuard({
      backends: composeBackends({ settings, keys, embedded: knowledge.embedded, whereAsked: whereAsked(place) }),
      policy,
      resources,
      settings,
      host,
      ledgerFolder: storage('ledger'),
      context,
      log,
      onReceipt: (receipt) => receipts.fire(receipt),
    }),
  );
  const guard = observeGuard(door.guard, (traffic) => {
    chatActivity.observe(traffic);
    feed.traffic(traffic);
    const use = traffic.intent === 'chat' ? 'chat' : 'completion';
    if (traffic.kind === 'failed') notice.show(traffic.error, traffic.model, use);
  });
  const listed = own(new vscode.EventEmitter<void>());
  const models = createModelChoice({
    guard,
    settings: settings.current,
    now: clock.now,
    deadline: (ms) => AbortSignal.timeout(ms),
    trouble: (error) => feed.listed(error, completionMissing(settings.current(), models.forCompletion())),
    listed: () => listed.fire(),
  });

  const snooze = own(createSnooze(clock.now));
  own(watchSwitches({ settings, snooze, tell: feed.switches }));
  own(receipts.event(feed.receipt));
  own(policy.onDidChange((state) => feed.policy(state, vscode.workspace.isTrusted)));
  own(
    settings.onDidChange(() => {
      models.reset();
      void models.refresh();
    }),
  );
  feature('The request log', () => {
    const requests = createRequestLog();
    return vscode.Disposable.from(requests, receipts.event(requests.add));
  });
  feature('The privacy report', () => registerPrivacyReport({ ledger: door.ledger, now: clock.now, log }));
  feature('The policy', () => registerPolicy({ policy, resources, productVersion }));
  const pulled = own(new vscode.EventEmitter<void>());
  feature('The model list', () =>
    registerModelCommands({
      guard,
      settings: settings.current,
      pulled: () => {
        models.reset();
        void models.refresh();
        pulled.fire();
      },
      log: (message) => log.warn(message),
    }),
  );
  feature('Completion', (failed) =>
    whenEditing({
      commands: ['ringfence.completion.trigger', 'ringfence.whyThisSuggestion', 'ringfence.whyThisSuggestion.copy'],
      failed,
      load: async () => {
        const { startCompletion } = await import('../vscode/completion/completion.chunk.ts');
        return () =>
          startCompletion({
            guard,
            models,
            reader,
            settings,
            snooze,
            memory: context.globalState,
            context: ({ uri }, zone) => knowledge.context(uri, zone),
            onDidChooseContext: knowledge.onDidChooseContext,
            onDidListModels: listed.event,
            onBattery: createBatteryWatch({ ask: () => isOnBattery(), now: clock.now }),
            chat: chatActivity,
            onDidChangeGround: policy.onDidChange,
            report: createCompletionReport({ feed, notice, log: (line) => log.debug(line) }),
          });
      },
    }),
  );
  feature('Chat', () =>
    registerChat({
      guard: observeModels(guard, models.lookAgain),
      policy,
      reader,
      resources,
      settings,
      files: createChatFiles(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats').fsPath),
      onDidChangeModels: pulled.event,
      onDidListModels: listed.event,
      onDidChangePolicy: policy.onDidChange,
      memory: context.workspaceState,
      extensionUri: context.extensionUri,
      newId: randomUUID,
      log: (message) => log.warn(message),
    }),
  );
  feature('The menu', () => registerMenu({ settings, snooze, problem: status.problem }));
  feature('The settings check', () => {
    const warn = (line: string): void => log.warn(line);
    return vscode.Disposable.from(noticeSettings(settings, warn), warnOfForeignSettings(warn));
  });
  void models.refresh();
  own(vscode.window.onDidChangeWindowState(({ focused }) => focused && models.lookAgain()));
  own(vscode.commands.registerCommand('ringfence.log.show', () => log.show()));
  const { api } = own(
    createApi({ guard, policy, reader, resources, defaultModel: models.forChat, onReceipt: receipts.event }),
  );
  return { api, end: () => door.ledger.close() };
}

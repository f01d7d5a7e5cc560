import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createChatActivity } from './assistant/chatActivity.ts';
import { createModelChoice } from './assistant/modelChoice.ts';
import { observeGuard } from './assistant/observeGuard.ts';
import { createBackends } from './backend/kinds.ts';
import type { Receipt } from './core/audit/receipt.ts';
import { createValueIndex } from './core/scan/valueIndex.ts';
import { hostName } from './core/status/hostName.ts';
import { createGuard } from './egress/guard.ts';
import { createLedger, defaultLedgerSettings } from './egress/ledger/ledger.ts';
import { createScan } from './egress/scan/scan.ts';
import { createTransport } from './egress/transport.ts';
import { plainDigest } from './node/chainDigest.ts';
import { createChatFiles } from './node/chatFiles.ts';
import { createLedgerStore } from './node/ledgerFile.ts';
import { createValueHash } from './node/valueHash.ts';
import { createApi, type RingfenceApi } from './vscode/api.ts';
import { registerChat } from './vscode/chatFeature.ts';
import { clock } from './vscode/clock.ts';
import { registerCompletion } from './vscode/completionFeature.ts';
import { warnOfForeignSettings } from './vscode/foreignSettings.ts';
import { createKeys } from './vscode/keys.ts';
import { registerModelCommands } from './vscode/models.ts';
import { registerPolicyCommands } from './vscode/policyCommands.ts';
import { createPolicyStore } from './vscode/policyStore.ts';
import { createProblemNotice } from './vscode/problemNotice.ts';
import { createReader } from './vscode/reader.ts';
import { createRequestLog } from './vscode/requestLog.ts';
import { createResources } from './vscode/resources.ts';
import { createSettings } from './vscode/settings.ts';
import { createSpending } from './vscode/spending.ts';
import { createStatusBar } from './vscode/statusBar.ts';
import { createStatusFeed } from './vscode/statusFeed.ts';
import { createIdentity } from './core/label/identity.ts';

/** Builds the parts and wires them. Whatever is created is registered for disposal at once. */
export function activate(context: vscode.ExtensionContext): RingfenceApi {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel('Ringfence', { log: true }));
  // One feature that fails to register is told of, and the others go on.
  const feature = (name: string, register: () => vscode.Disposable): void => {
    try {
      own(register());
    } catch (error) {
      log.error(`${name} could not start.`, error instanceof Error ? error.message : '');
      void vscode.window.showErrorMessage(`Ringfence: ${name} could not start. The log says more.`);
    }
  };
  const storage = (...names: readonly string[]) => vscode.Uri.joinPath(context.globalStorageUri, ...names).fsPath;
  const digest = (text: string): string => plainDigest.hex(new TextEncoder().encode(text));

  const settings = own(createSettings());
  const keys = own(createKeys(context.secrets, () => settings.current().backends, process.env));
  const policy = own(createPolicyStore({ digest, now: clock.now }));
  const identify = async (uri: string, folders: readonly string[]) =>
    createIdentity({ system: 'linux', folders: folders.map((folder) => ({ uri: folder })), editorFolders: [] })({
      uri,
      resolution: { kind: 'elsewhere' },
      previousPaths: [],
    });
  const resources = own(createResources(identify, clock.now));
  const reader = createReader({ resources, policy });

  const receipts = own(new vscode.EventEmitter<Receipt>());
  const side = context.extension.extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const host = hostName({ remoteName: vscode.env.remoteName, side });
  const status = own(createStatusBar(host));
  const feed = createStatusFeed(status);
  const chatActivity = createChatActivity();
  const notice = createProblemNotice();
  const spending = createSpending(context.globalState, clock.now);

  const makeBackends = () =>
    createBackends({
      settings: settings.current(),
      now: clock.elapsed,
      keyFor: async (id) => {
        const backend = settings.current().backends.find((record) => record.id === id);
        return backend && (await keys.keyFor(backend));
      },
    });
  let backends = makeBackends();
  const guard = observeGuard(
    createGuard({
      backends: () => backends,
      policy,
      transport: createTransport({ connect: 10_000, firstByte: 0, idle: 300_000 }),
      scan: createScan({
        settings: () => policy.current().policy.settings.scan,
        values: createValueIndex(createValueHash()),
      }),
      ledger: createLedger({
        store: createLedgerStore(storage('ledger')),
        digest: plainDigest,
        now: clock.now,
        settings: () => defaultLedgerSettings,
      }),
      clock,
      trusted: () => vscode.workspace.isTrusted,
      host: () => host,
      spentUsd: spending.spentUsd,
      onReceipt: (receipt) => receipts.fire(receipt),
    }),
    (traffic) => {
      chatActivity.observe(traffic);
      feed.traffic(traffic);
      if (traffic.kind === 'failed') notice.show(traffic.error, traffic.model);
    },
  );
  const models = createModelChoice({
    guard,
    settings: settings.current,
    now: clock.now,
    deadline: (ms) => AbortSignal.timeout(ms),
    trouble: (error) => status.update({ problem: error }),
  });

  own(receipts.event(feed.receipt));
  own(receipts.event(spending.add));
  own(policy.onDidChange((state) => feed.policy(state, vscode.workspace.isTrusted)));
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => void policy.reload()));
  own(
    settings.onDidChange(() => {
      backends = makeBackends();
      models.reset();
      void models.refresh();
    }),
  );
  feature('The request log', () => {
    const requests = createRequestLog();
    return vscode.Disposable.from(requests, receipts.event(requests.add));
  });
  feature('The policy', () => registerPolicyCommands({ policy, resources }));
  feature('The model list', () => registerModelCommands({ guard, backends: () => settings.current().backends }));
  feature('Completion', () =>
    registerCompletion({
      guard,
      models,
      reader,
      settings,
      chat: chatActivity,
      onDidChangeGround: policy.onDidChange,
      report: (event) => log.debug(`completion ${event.kind}`),
    }),
  );
  feature('Chat', () =>
    registerChat({
      guard,
      policy,
      reader,
      resources,
      settings,
      files: createChatFiles(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats').fsPath),
      memory: context.workspaceState,
      extensionUri: context.extensionUri,
      newId: randomUUID,
      log: (message) => log.warn(message),
    }),
  );
  feature('The settings check', () => warnOfForeignSettings((line) => log.warn(line)));
  void models.refresh();
  own(vscode.commands.registerCommand('ringfence.log.show', () => log.show()));
  return own(createApi({ guard, policy, reader, resources, defaultModel: models.forChat, onReceipt: receipts.event }));
}

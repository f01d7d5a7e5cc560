import path from 'node:path';
import { createBackends } from '../../../src/backend/kinds.ts';
import { readLedger } from '../../../src/core/audit/readLedger.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import type { LedgerRecord } from '../../../src/core/audit/record.ts';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import { mayReach } from '../../../src/core/label/reach.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { createValueIndex, type ValueIndex } from '../../../src/core/scan/valueIndex.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import { createLedger, defaultLedgerSettings, type Ledger } from '../../../src/egress/ledger/ledger.ts';
import { createScan } from '../../../src/egress/scan/scan.ts';
import { createTransport } from '../../../src/egress/transport.ts';
import { createAcknowledgedFiles } from '../../../src/node/acknowledgedFiles.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { createRenames } from '../../../src/node/gitRenames.ts';
import { createHardLinks } from '../../../src/node/hardLinks.ts';
import { createIdentify, type Identify } from '../../../src/node/identify.ts';
import { createLedgerStore, readLedgerFiles } from '../../../src/node/ledgerFile.ts';
import { createPolicyReader } from '../../../src/node/policyReader.ts';
import { createValueHash } from '../../../src/node/valueHash.ts';
import { createWatch, type Watch } from './leak.ts';
import { backendsOf, type Servers } from './servers.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** Everything that the extension is made of below the editor, put together as it is there, in a folder of its own. */
export type Stage = {
  readonly servers: Servers;
  readonly watch: Watch;
  readonly workspace: Workspace;
  readonly policy: PolicyKeeper;
  readonly identify: Identify;
  readonly guard: Guard;
  readonly values: ValueIndex;
  readonly receipts: readonly Receipt[];
  /** What the extension would have written to its log. */
  readonly log: string[];
  readonly ledger: Ledger;
  /** What stands in the ledger's files by now. */
  readonly ledgerRecords: () => Promise<readonly LedgerRecord[]>;
  /** What the editor's watchers bring about: files are looked up and policies read anew. */
  readonly noticed: () => Promise<void>;
  readonly backends: readonly BackendRecord[];
  /** Takes over a server or a further stage that a play has started: it ends with this stage, however the play ends. */
  readonly own: <T extends Owned>(part: T) => T;
  readonly dispose: () => Promise<void>;
};

export type Owned = { readonly stop: () => Promise<void> } | { readonly dispose: () => Promise<void> };

export type StageOptions = {
  /** The policy at the root of the first folder: fields beside the version, or the very text; undefined: there is none. */
  readonly policy?: object | string | undefined;
  /** Folders that are open; `w` unless told. */
  readonly folders?: readonly string[];
  readonly trusted?: boolean;
  readonly backends?: (servers: Servers) => readonly BackendRecord[];
  /** What "this machine" is called. */
  readonly host?: string;
  /** Files by path, before the policy is read for the first time. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the policy is read at all before the play begins. */
  readonly loaded?: boolean;
};

/** Rules for folders whose names say how far they reach; everything else may go anywhere. */
export const usualPolicy = {
  reach: 'cloud',
  rules: [
    { id: 'held', files: ['/held/', '*.held.ts'], reach: 'device', reason: 'for this machine' },
    { id: 'office', files: ['/office/'], reach: 'perimeter' },
    { id: 'nobody', files: ['/nobody/'], reach: 'none' },
  ],
} as const;

export async function createStage(servers: Servers, options: StageOptions = {}): Promise<Stage> {
  const workspace = await createWorkspace(options.folders ?? ['w']);
  const text = policyText('policy' in options ? options.policy : usualPolicy);
  const files = { 'src/open.ts': 'export const ORDINARY_OPEN = 1;\n', ...options.files };
  for (const [file, content] of Object.entries(files)) await workspace.write(file, content);
  if (text !== undefined) await workspace.write('.ringfence.jsonc', text);
  const trusted = (): boolean => options.trusted ?? true;
  const policy = createKeeper(workspace, trusted);
  const names = createNames(workspace, policy, trusted);
  const backends = (options.backends ?? backendsOf)(servers);
  const receipts: Receipt[] = [];
  const values = createValueIndex(createValueHash());
  const ledgerFolder = path.join(workspace.root, 'ledger');
  const ledger = createLedger({
    store: createLedgerStore(ledgerFolder),
    digest: plainDigest,
    now: Date.now,
    settings: () => defaultLedgerSettings,
  });
  const guard = createGuard({
    backends: makeBackends(backends),
    policy,
    transport: createTransport({ connect: 2000, firstByte: 0, idle: 5000 }),
    scan: createScan({ settings: () => policy.current().policy.settings.scan, values }),
    ledger,
    clock: { now: Date.now, elapsed: () => performance.now() },
    trusted,
    host: () => options.host ?? 'this machine',
    spentUsd: () => 0,
    fingerprint: async (text) => digest(text),
    onReceipt: (receipt) => receipts.push(receipt),
  });
  const noticed = async (): Promise<void> => {
    names.forget();
    await policy.reload(new AbortController().signal);
  };
  if (options.loaded ?? true) await noticed();
  const owned: Owned[] = [];
  return {
    servers,
    watch: createWatch([
      [servers.office, 'perimeter'],
      [servers.far, 'cloud'],
      [servers.local.cloud, 'cloud'],
    ]),
    workspace,
    policy,
    identify: names.identify,
    guard,
    values,
    receipts,
    log: [],
    ledger,
    ledgerRecords: async () => {
      // Answered once all before it is written.
      await ledger.ready();
      return readLedger(await readLedgerFiles(ledgerFolder));
    },
    noticed,
    backends,
    own: (part) => {
      owned.push(part);
      return part;
    },
    dispose: async () => {
      for (const part of owned) await ('stop' in part ? part.stop() : part.dispose());
      await ledger.close();
      await workspace.dispose();
    },
  };
}

/** The text of a policy file. */
export function policyText(policy: object | string | undefined): string | undefined {
  return typeof policy === 'object' ? JSON.stringify({ version: 1, ...policy }) : policy;
}

const digest = (text: string): string => plainDigest.hex(new TextEncoder().encode(text));

function createKeeper({ root, folders }: Workspace, trusted: () => boolean): PolicyKeeper {
  const uris = (): readonly string[] => folders.map(({ uri }) => uri);
  return createPolicyKeeper({
    reader: createPolicyReader({
      folders: () => folders,
      places: { managed: path.join(root, 'managed.jsonc'), user: path.join(root, 'user.jsonc') },
      trusted,
    }),
    acknowledged: createAcknowledgedFiles({ directory: path.join(root, 'acknowledged'), folders: uris, digest }),
    folders: uris,
    trusted,
    today: () => new Date().toISOString().slice(0, 10),
    productVersion: '0.1.0',
    digest,
  });
}

/** Names of files as the extension finds them, its memories included. */
function createNames({ root, folders }: Workspace, policy: PolicyKeeper, trusted: () => boolean) {
  const paths = folders.map((folder) => folder.path);
  const hardLinks = createHardLinks({ folders: paths, now: Date.now, isHeld: (file) => isHeld(folders, policy, file) });
  const renames = createRenames({ folders: trusted() ? paths : [], now: Date.now });
  const identify = createIdentify({ editorFolders: [path.join(root, 'user-data')], hardLinks, renames });
  const uris = folders.map(({ uri }) => uri);
  return {
    identify: ((uri, given) => identify(uri, given.length === 0 ? uris : given)) satisfies Identify,
    forget: () => {
      hardLinks.forget();
      renames.forget();
    },
  };
}

function isHeld(folders: Workspace['folders'], policy: PolicyKeeper, file: string): boolean {
  const folder = folders.find((one) => file.startsWith(`${one.path}${path.sep}`));
  if (!folder) return false;
  const below = path.relative(folder.path, file).split(path.sep).join('/');
  const names = [{ kind: 'path' as const, path: below, folder: folder.uri }];
  return !mayReach(policy.decide({ kind: 'file', resource: { uri: file, display: below, names } }).reach, 'cloud');
}

function makeBackends(records: readonly BackendRecord[]) {
  const { settings } = parseSettings({ backends: records });
  const made = createBackends({ settings, keyFor: async () => undefined, now: () => performance.now() });
  return () => made;
}

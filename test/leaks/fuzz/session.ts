import { createInlineCompletion, type InlineCompletion } from '../../../src/assistant/completeInline.ts';
import { createConverse, type Converse } from '../../../src/assistant/converse.ts';
import { createBackends } from '../../../src/backend/kinds.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import { createIdentity } from '../../../src/core/label/identity.ts';
import { labelled, labelOf, type Label } from '../../../src/core/label/labelled.ts';
import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import { createScan } from '../../../src/egress/scan/scan.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { memoryStore, type MemoryStore } from '../stage/memoryStore.ts';
import { contentAt, createDisk, factsOf, folder, policyDocuments, type Disk } from './disk.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { createWire, wiredBackends } from './wire.ts';

/** One user's session: the real keeper, guard, scan, backends, chat and completion over a disk and a wire in memory. */
export type Session = {
  readonly disk: Disk;
  readonly oracle: Oracle;
  readonly store: MemoryStore;
  readonly acknowledged: { documents: readonly PolicyDocument[] };
  readonly breaches: string[];
  /** How often words of files were seen in each zone: a session in which nothing arrives proves nothing. */
  readonly arrivals: Record<Zone, number>;
  trusted: boolean;
  /** The zones whose models completion asks, in this order. */
  models: readonly Zone[];
  /** What is lost when the window closes. */
  window: Window;
};

export type Window = {
  readonly policy: PolicyKeeper;
  readonly guard: Guard;
  readonly chat: Converse;
  readonly completion: InlineCompletion;
};

export const modelOf = (zone: Zone) => ({ backend: zone, model: 'qwen2.5-coder' });

export function createSession(): Session {
  const disk = createDisk();
  const state = { trusted: true };
  const session = {
    disk,
    oracle: createOracle(disk, () => state.trusted),
    store: memoryStore(),
    acknowledged: { documents: [] },
    breaches: [],
    arrivals: { device: 0, perimeter: 0, cloud: 0 },
    models: ['cloud', 'device'],
    get trusted() {
      return state.trusted;
    },
    set trusted(trusted) {
      state.trusted = trusted;
    },
  } satisfies Omit<Session, 'window'>;
  return Object.assign(session, { window: openWindow(session) });
}

/** Reads a file as the editor's reader does, and tells the oracle. */
export function readFile({ disk, oracle, window }: Session, path: string): DocumentSnapshot {
  const text = contentAt(disk, path)?.text ?? '';
  for (const word of text.match(/CANARY_\w+/g) ?? []) oracle.read(path, word);
  const resource = identity(factsOf(disk, path));
  return {
    uri: `${folder}/${path}`,
    display: path,
    languageId: 'typescript',
    version: 1,
    text: labelled(text, labelFor(window.policy, { kind: 'file', resource })),
    indent: { tabs: false, size: 2 },
  };
}

const identity = createIdentity({ system: 'linux', folders: [{ uri: folder, realPath: '/w' }], editorFolders: [] });

export function labelFor(policy: PolicyKeeper, provenance: Provenance): Label {
  const { reach, rules } = policy.decide(provenance);
  return labelOf([{ provenance, reach, rules }]);
}

/** A window over what is on disk; its policy is not read yet. */
export function openWindow(session: Omit<Session, 'window'> & { window?: Window }): Window {
  session.oracle.opened();
  const policy = openKeeper(session);
  const guard = createGuard({
    backends: wired,
    policy,
    transport: createWire((zone, words) => {
      const secrets = words.filter((word) => word.startsWith('CANARY_'));
      session.arrivals[zone] += secrets.length;
      const breach = session.oracle.breach(secrets, zone);
      if (breach !== undefined) session.breaches.push(breach);
    }),
    scan: createScan({
      settings: () => policy.current().policy.settings.scan,
      values: { find: () => [], size: () => 0 },
    }),
    ledger: { append: async () => ({ kind: 'ok' }), ready: async () => ({ kind: 'ok' }) },
    clock: { now: () => 0, elapsed: () => 0 },
    trusted: () => session.trusted,
    host: () => 'this machine',
    spentUsd: () => 0,
    onReceipt: () => undefined,
  });
  const parts = { policy, guard };
  const own = (): Session => ({ ...session, window: { ...parts, chat, completion } });
  const chat = openChat(session, parts, (path) => readFile(own(), path));
  const completion = openCompletion(session, guard);
  return { ...parts, chat, completion };
}

const wired = (() => {
  const { settings } = parseSettings({ backends: wiredBackends });
  const made = createBackends({ settings, keyFor: async () => undefined, now: () => 0 });
  return () => made;
})();

function openKeeper(session: Omit<Session, 'window'>): PolicyKeeper {
  const read = async (): Promise<readonly PolicyDocument[]> => policyDocuments(session.disk);
  const keeper = createPolicyKeeper({
    reader: { readAll: read, readAgain: read },
    acknowledged: {
      read: async () => session.acknowledged.documents,
      write: async (documents) => {
        session.acknowledged.documents = documents;
      },
    },
    folders: () => [folder],
    trusted: () => session.trusted,
    today: () => '2026-11-20',
    productVersion: '0.1.0',
    digest: (text) => plainDigest.hex(new TextEncoder().encode(text)),
  });
  keeper.onDidChange(() => keeper.current().kind !== 'loading' && session.oracle.noticed());
  return keeper;
}

let ids = 0;

function openChat(
  session: Omit<Session, 'window'>,
  { policy, guard }: Pick<Window, 'policy' | 'guard'>,
  read: (path: string) => DocumentSnapshot,
): Converse {
  return createConverse({
    guard,
    store: session.store,
    clock: { now: () => 0, delay: async () => undefined },
    newId: () => `id${(ids += 1)}`,
    settings: () => ({ backends: wiredBackends, contextLength: 8192, chat: { model: modelOf('device') } }),
    rememberModel: () => undefined,
    labelTyped: () => labelFor(policy, { kind: 'typed' }),
    startOllama: () => undefined,
    log: () => undefined,
    files: {
      activeFile: async () => ({ kind: 'nothing', message: 'None.' }),
      selection: async () => ({ kind: 'nothing', message: 'None.' }),
      file: async (uri) => {
        const { display, text } = read(uri.slice(folder.length + 1));
        return { kind: 'read', document: { uri, title: display, whole: true, text } };
      },
      find: async () => [],
    },
  });
}

function openCompletion(session: Omit<Session, 'window'>, guard: Guard): InlineCompletion {
  return createInlineCompletion({
    guard,
    clock: { now: () => 0, delay: async () => undefined },
    context: () => [],
    chat: { active: () => false, idle: async () => undefined, watch: () => () => undefined },
    report: () => undefined,
    settings: () => ({
      models: session.models.map(modelOf),
      trigger: 'automatic',
      delay: 0,
      lines: 'auto',
      maxLines: 8,
      contextLength: 8192,
      warm: false,
      templateFor: () => undefined,
    }),
  });
}

import { createInlineCompletion, type InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import { createConverse, type Converse } from '../../../src/assistant/converse/converse.ts';
import { createBackends } from '../../../src/backend/kinds.ts';
import { createCopies, type Copies } from '../../../src/core/chat/copies.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import { joinLabels } from '../../../src/core/label/labelled.ts';
import { mayReach, zones } from '../../../src/core/label/reach.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import type { Ledger } from '../../../src/egress/ports.ts';
import { createScan } from '../../../src/egress/scan/scan.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { folder, policyDocuments } from './disk.ts';
import { labelFor, readFile } from './reading.ts';
import type { Session, Window } from './session.ts';
import { createWire, modelOf, wiredBackends, zoneOfModel } from './wire.ts';

type Outside = Omit<Session, 'window'> & { readonly window?: Window };

/** A window over what is on disk; its policy is not read yet. */
export function openWindow(session: Outside): Window {
  session.oracle.opened();
  const policy = openKeeper(session);
  const guard = openGuard(session, policy);
  const copies = createCopies([1_000_003, 7_654_321]);
  const chat = openChat(session, { policy, copies, guard: watched(session, guard) }, (path) => {
    return readFile({ ...session, window: opened }, path);
  });
  const completion = openCompletion(session, guard);
  const opened: Window = { policy, guard, chat, completion, copies, clipboard: { text: '' } };
  return opened;
}

const digest = (text: string): string => plainDigest.hex(new TextEncoder().encode(text));

function openGuard(session: Outside, policy: PolicyKeeper): Guard {
  return createGuard({
    backends: wired,
    policy,
    transport: createWire({
      isDown: (zone) => session.down.has(zone),
      look: (zone, words) => {
        const secrets = words.filter((word) => word.startsWith('CANARY_'));
        session.arrivals[zone] += secrets.length;
        const breach = session.oracle.breach(secrets, zone);
        if (breach !== undefined) session.breaches.push(breach);
      },
    }),
    scan: createScan({
      settings: () => policy.current().policy.settings.scan,
      values: { find: () => [], size: () => 0 },
    }),
    ledger: openLedger(session),
    clock: { now: () => 0, elapsed: () => 0 },
    trusted: () => session.trusted,
    host: () => 'this machine',
    spentUsd: () => 0,
    fingerprint: async (text) => digest(text),
    onReceipt: () => undefined,
  });
}

const wired = (() => {
  const { settings } = parseSettings({ backends: wiredBackends });
  const made = createBackends({ settings, keyFor: async () => undefined, now: () => 0 });
  return () => made;
})();

function openLedger(session: Outside): Ledger {
  const result = () => (session.ledgerWorks ? ({ kind: 'ok' } as const) : ({ kind: 'failed', why: 'full' } as const));
  return {
    ready: async () => result(),
    append: async ({ verdict: { parts }, bytesOut }) => {
      const rests = bytesOut > 0 && parts.some(({ declassified }) => declassified !== undefined);
      if (session.ledgerWorks && rests) session.oracle.agreements.recorded();
      return result();
    },
  };
}

/** The guard as the chat has it, with an eye on where the chat sends what the user asked somewhere nearer. */
function watched(session: Outside, guard: Guard): Guard {
  return {
    ...guard,
    send: (prompt, model, signal) => {
      const zone = zoneOfModel(model);
      if (mayReach(session.consent, zone)) return guard.send(prompt, model, signal);
      session.seen.steppedIn += 1;
      if (session.oracle.onOutage() !== 'auto' || !session.down.has(session.consent))
        session.breaches.push(`the chat turned to ${zone} where the user had let it ask ${session.consent}`);
      return guard.send(prompt, model, signal);
    },
  };
}

function openKeeper(session: Outside): PolicyKeeper {
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
    digest,
  });
  keeper.onDidChange(() => keeper.current().kind !== 'loading' && session.oracle.noticed());
  return keeper;
}

let ids = 0;

function openChat(
  session: Outside,
  { policy, guard, copies }: { readonly policy: PolicyKeeper; readonly guard: Guard; readonly copies: Copies },
  read: (path: string) => DocumentSnapshot,
): Converse {
  return createConverse({
    guard,
    store: session.store,
    clock: { now: () => 0, delay: chatDelay },
    newId: () => `id${(ids += 1)}`,
    settings: () => ({ backends: wiredBackends, contextLength: 8192, chat: { model: modelOf('device') } }),
    rememberModel: () => undefined,
    labelTyped: (text) => {
      const copied = copies.find(text);
      if (copied) session.seen.pasted += 1;
      return joinLabels([labelFor(policy, { kind: 'typed' }), ...(copied ? [copied] : [])]);
    },
    onOutage: () => policy.current().policy.settings.cloud.onOutage,
    recentModels: () => zones.map(modelOf),
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

/** No time passes in a session: short waits are over at once, and nothing ever takes so long that a long one would end. */
function chatDelay(ms: number, signal: AbortSignal): Promise<void> {
  if (ms < 1000 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function openCompletion(session: Outside, guard: Guard): InlineCompletion {
  return createInlineCompletion({
    guard,
    clock: { now: () => 0, delay: async () => undefined },
    context: () => session.context,
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

import { createBackends } from '../../../src/backend/kinds.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import type { Guard, Preview, SendEvent } from '../../../src/core/exchange/guard.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { labelled, labelOf, type Label } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/settings.ts';
import type { LabelledPrompt, Part, PartRole } from '../../../src/core/prompt/labelledPrompt.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import type { GuardDeps } from '../../../src/egress/guardDeps.ts';
import type { GuardPolicy, LedgerResult } from '../../../src/egress/ports.ts';
import { createTransport } from '../../../src/egress/transport.ts';
import type { Patience } from '../../../src/egress/wireRequest.ts';

export type World = { readonly guard: Guard; readonly receipts: Receipt[]; readonly deps: GuardDeps };

/** What a test says of its world; everything else is a loaded policy, a trusted workspace and a clean scan. */
export type Worldly = {
  readonly backends: readonly BackendRecord[];
  readonly policy?: Partial<GuardPolicy>;
  readonly keys?: Readonly<Record<string, string>>;
  readonly patience?: Partial<Patience>;
  /** Further settings, by key below `ringfence.`. */
  readonly settings?: Readonly<Record<string, unknown>>;
} & Partial<Pick<GuardDeps, 'scan' | 'trusted' | 'spentUsd' | 'transport' | 'clock'>> & {
    readonly ledger?: { readonly ready?: LedgerResult; readonly append?: LedgerResult };
  };

/** A real guard over a real transport; only policy, scan and ledger are stood in for. */
export function createWorld(worldly: Worldly): World {
  const receipts: Receipt[] = [];
  const { settings } = parseSettings({ ...worldly.settings, backends: worldly.backends });
  const now = (): number => performance.now();
  const keyFor = async (id: string): Promise<string | undefined> => worldly.keys?.[id];
  const backends = createBackends({ settings, keyFor, now });
  const deps: GuardDeps = {
    backends: () => backends,
    policy: { ...policyIn('loaded'), ...worldly.policy },
    transport: worldly.transport ?? createTransport({ connect: 2000, firstByte: 0, idle: 5000, ...worldly.patience }),
    scan: worldly.scan ?? (() => ({ kind: 'clean' })),
    ledger: {
      append: async () => worldly.ledger?.append ?? { kind: 'ok' },
      ready: async () => worldly.ledger?.ready ?? { kind: 'ok' },
    },
    clock: worldly.clock ?? { now: () => Date.now(), elapsed: now },
    trusted: worldly.trusted ?? (() => true),
    host: () => 'this machine',
    spentUsd: worldly.spentUsd ?? (() => 0),
    onReceipt: (receipt) => receipts.push(receipt),
  };
  return { guard: createGuard(deps), receipts, deps };
}

/** A policy in that state which says of every text what its name says: `perimeter.ts` reaches the perimeter. */
export function policyIn(
  kind: 'none' | 'loading' | 'invalid' | 'loaded',
  change: Partial<PolicySettings> = {},
): GuardPolicy {
  return {
    current: () => ({ kind, hash: 'hash', policy: { settings: { ...defaultSettings, ...change } } }),
    decide: () => ({ reach: 'cloud', rules: [] }),
    fresh: async () => true,
  };
}

export function labelFor(reach: Reach, name = 'src/a.ts'): Label {
  const resource = { uri: `file:///w/${name}`, display: name, names: [] };
  const rule = { layer: 'workspace', id: 'r1', pattern: name, reach, line: 3 } as const;
  return labelOf([{ provenance: { kind: 'file', resource }, reach, rules: reach === 'cloud' ? [] : [rule] }]);
}

export function part(role: PartRole, text: string, how: { id?: string; reach?: Reach; required?: boolean } = {}): Part {
  const { id = role, reach = 'cloud', required = role !== 'context' && role !== 'attachment' } = how;
  return { id, role, title: `src/${id}.ts`, text: labelled(text, labelFor(reach, `src/${id}.ts`)), required };
}

export function completion(parts: readonly Part[], options: Partial<LabelledPrompt['options']> = {}): LabelledPrompt {
  return { intent: 'completion', parts, options: { maxTokens: 64, ...options } };
}

export function chat(parts: readonly Part[], options: Partial<LabelledPrompt['options']> = {}): LabelledPrompt {
  return { intent: 'chat', parts, options: { maxTokens: 256, ...options } };
}

export type Run = {
  readonly events: readonly SendEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly kinds: readonly string[];
};

/** Sends and gathers everything that comes. */
export async function run(
  guard: Guard,
  prompt: LabelledPrompt,
  model: ModelRef,
  signal = new AbortController().signal,
): Promise<Run> {
  const events: SendEvent[] = [];
  for await (const event of guard.send(prompt, model, signal)) events.push(event);
  const join = (kind: 'delta' | 'reasoning'): string =>
    events.flatMap((event) => (event.kind === kind ? [event.text] : [])).join('');
  return {
    events,
    text: join('delta'),
    reasoning: join('reasoning'),
    kinds: [...new Set(events.map((event) => event.kind))],
  };
}

/** The event of that kind; fails the test when there is none. */
export function eventOf<K extends SendEvent['kind']>(result: Run, kind: K): Extract<SendEvent, { kind: K }> {
  const found = result.events.find((event): event is Extract<SendEvent, { kind: K }> => event.kind === kind);
  if (!found) throw new Error(`No ${kind} among ${result.events.map((event) => JSON.stringify(event)).join('\n')}`);
  return found;
}

/** What a preview decided; fails the test where nothing could be. */
export async function previewed(
  guard: Guard,
  prompt: LabelledPrompt,
  model: ModelRef,
): Promise<Extract<Preview, { kind: 'decided' }>> {
  const preview = await guard.preview(prompt, model, new AbortController().signal);
  if (preview.kind === 'failed') throw new Error(`The preview failed: ${preview.error.message}`);
  return preview;
}

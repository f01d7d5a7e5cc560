import type { Guard, ListedModel, ModelList, PullEvent, SendEvent } from '../../src/core/exchange/guard.ts';
import { formatModelRef, type ModelRef } from '../../src/core/exchange/model.ts';
import type { BackendError, StreamPart } from '../../src/core/exchange/stream.ts';
import type { Verdict } from '../../src/core/exchange/verdict.ts';
import { joinLabels, type Label } from '../../src/core/label/labelled.ts';
import { mayReach, type Zone } from '../../src/core/label/reach.ts';
import type { LabelledPrompt } from '../../src/core/prompt/labelledPrompt.ts';
import { termsOf, type LeaveOffer } from '../../src/core/declassify/declassification.ts';
import type { ZoneProof } from '../../src/core/zone/evidence.ts';

/** A guard without a network: models have the zone that the test gives them, answers are written down beforehand. */
export type FakeDoor = Guard & {
  /** Every prompt that was sent, with where. */
  readonly sent: { readonly prompt: LabelledPrompt; readonly model: string }[];
  readonly pulled: string[];
  /** What the guard would have recorded of questions that it turned down before they were sent. */
  readonly turnedDown: Verdict[];
  /** What may change while a chat goes on. */
  zones: Record<string, Zone>;
  parts: readonly StreamPart[];
  /** Set: the servers cannot be reached. */
  down: BackendError | undefined;
  /** The backend that `down` is about; all of them where none is named. */
  downAt: string | undefined;
  /** Paths whose rules let the user decide, by the hash that the guard would give their text. */
  readonly offers: Map<string, string>;
  /** Called between two parts of an answer. */
  between: (signal: AbortSignal) => Promise<void>;
};

export const plainAnswer: readonly StreamPart[] = [
  { kind: 'reasoning', text: 'Hm. ' },
  { kind: 'delta', text: 'Be' },
  { kind: 'delta', text: 'cause.' },
  { kind: 'finish', reason: 'stop', usage: { outputTokens: 2 }, served: { model: 'served' } },
];

export function createFakeDoor(zones: Record<string, Zone>): FakeDoor {
  const door: FakeDoor = {
    sent: [],
    pulled: [],
    turnedDown: [],
    offers: new Map(),
    zones,
    parts: plainAnswer,
    down: undefined,
    downAt: undefined,
    between: async () => undefined,
    preview: async (prompt, model, signal) => {
      signal.throwIfAborted();
      const down = downOf(door, model.backend);
      if (down) return { kind: 'failed', error: down };
      const verdict = decide(door, prompt, model);
      if (verdict.kind === 'refuse' && prompt.parts.some(({ required }) => required)) door.turnedDown.push(verdict);
      return { kind: 'decided', verdict, proof: proofOf(door, model), offers: offersOf(door, model, verdict) };
    },
    send: (prompt, model, signal) => send(door, { prompt, model }, signal),
    models: async (backend): Promise<ModelList> => {
      const down = downOf(door, backend);
      return down ? { kind: 'failed', error: down } : { kind: 'models', models: listed(door, backend) };
    },
    describe: async () => ({ kind: 'failed', error: { reason: 'unexpected', message: 'Not asked in these tests.' } }),
    load: async () => undefined,
    pull: (model) => pull(door, model),
  };
  return door;
}

function downOf({ down, downAt }: FakeDoor, backend: string): BackendError | undefined {
  return downAt === undefined || downAt === backend ? down : undefined;
}

async function* send(
  door: FakeDoor,
  { prompt, model }: { readonly prompt: LabelledPrompt; readonly model: ModelRef },
  signal: AbortSignal,
): AsyncGenerator<SendEvent> {
  const down = downOf(door, model.backend);
  if (down) {
    yield { kind: 'error', error: down };
    return;
  }
  const verdict = decide(door, prompt, model);
  const proof = proofOf(door, model);
  yield { kind: 'decided', verdict, proof, label: labelOfKept(prompt, verdict) };
  if (verdict.kind === 'refuse') return;
  door.sent.push({ prompt, model: formatModelRef(model) });
  for (const part of door.parts) {
    await door.between(signal);
    if (signal.aborted) break;
    yield part;
  }
  const usage = { outputTokens: 2, promptTokens: 9 };
  const served = { model: model.model };
  const outcome = signal.aborted ? ({ kind: 'aborted' } as const) : ({ kind: 'done', reason: 'stop' } as const);
  yield {
    kind: 'receipt',
    receipt: {
      id: 'r',
      at: 0,
      intent: 'chat',
      model,
      proof,
      verdict,
      outcome,
      bytesOut: 100,
      durationMs: 5,
      usage,
      served,
      policy: '',
    },
  };
}

function offersOf(door: FakeDoor, model: ModelRef, { zone, parts }: Verdict): readonly LeaveOffer[] {
  return parts.flatMap(({ id, title, mayDeclassify }) => {
    const preview = door.offers.get(title);
    const destination = { model, zone, origin: proofOf(door, model).evidence.origin };
    return mayDeclassify && preview !== undefined ? [{ part: id, preview, destination, policy: 'hash' }] : [];
  });
}

function decide({ zones, offers }: FakeDoor, prompt: LabelledPrompt, model: ModelRef): Verdict {
  const zone = zones[formatModelRef(model)] ?? 'cloud';
  const parts = prompt.parts.map(({ id, title, text, declassified }) => {
    const terms = termsOf(declassified);
    const base = { id, title, bytes: text.length, reach: text.label.reach, rules: [] };
    const free = offers.has(title) ? ({ mayDeclassify: true } as const) : {};
    if (mayReach(text.label.reach, zone)) return { ...base, decision: 'keep' } as const;
    if (terms && terms.preview === offers.get(title))
      return {
        ...base,
        decision: 'keep',
        declassified: { id: terms.id, at: terms.at, preview: terms.preview },
      } as const;
    return { ...base, decision: 'drop', why: 'may not go there', ...free } as const;
  });
  const held = prompt.parts.some(({ required }, at) => required && parts[at]?.decision === 'drop');
  return held
    ? { kind: 'refuse', zone, parts, cause: { reason: 'required-part', message: 'Your message may not go there.' } }
    : { kind: 'allow', zone, parts };
}

function labelOfKept(prompt: LabelledPrompt, { parts }: Verdict): Label {
  const kept = prompt.parts.filter((_, at) => parts[at]?.decision === 'keep');
  return joinLabels(kept.map(({ text }) => text.label));
}

function listed(door: FakeDoor, backend: string): readonly ListedModel[] {
  return Object.keys(door.zones)
    .filter((name) => name.startsWith(`${backend}/`))
    .map((name) => {
      const ref = { backend, model: name.slice(backend.length + 1) };
      return { info: { ref, capabilities: ['chat'] }, proof: proofOf(door, ref) };
    });
}

function proofOf({ zones }: FakeDoor, model: ModelRef): ZoneProof {
  return {
    zone: zones[formatModelRef(model)] ?? 'cloud',
    because: ['As the test says.'],
    evidence: {
      origin: 'http://127.0.0.1:1',
      peer: { kind: 'loopback', address: '127.0.0.1', port: 1 },
      server: { kind: 'unknown' },
      model: { kind: 'local', pinned: true },
      host: 'this machine',
    },
  };
}

async function* pull(door: FakeDoor, model: ModelRef): AsyncGenerator<PullEvent> {
  yield { kind: 'progress', status: 'pulling', completed: 1, total: 2 };
  door.pulled.push(formatModelRef(model));
  door.zones = { ...door.zones, [formatModelRef(model)]: 'device' };
  door.down = undefined;
  yield { kind: 'done' };
}

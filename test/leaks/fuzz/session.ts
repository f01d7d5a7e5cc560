import type { InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Converse } from '../../../src/assistant/converse/converse.ts';
import type { Copies } from '../../../src/core/chat/copies.ts';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import type { PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';
import { memoryStore, type MemoryStore } from '../stage/memoryStore.ts';
import { createDisk, type Disk } from './disk.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { openWindow } from './window.ts';

/** One user's session: the real keeper, guard, scan, backends, chat and completion over a disk and a wire in memory. */
export type Session = {
  readonly disk: Disk;
  readonly oracle: Oracle;
  readonly store: MemoryStore;
  readonly acknowledged: { documents: readonly PolicyDocument[] };
  readonly breaches: string[];
  /** How often words of files were seen in each zone: a session in which nothing arrives proves nothing. */
  readonly arrivals: Record<Zone, number>;
  /** How often a farther model stepped in by itself, and how often a copy was known where it was pasted. */
  readonly seen: { steppedIn: number; pasted: number };
  /** Servers that are not there just now. */
  readonly down: Set<Zone>;
  /** How far the user has just let the chat ask; farther only where the policy lets a model step in. */
  consent: Zone;
  /** Whether the ledger can be written. */
  ledgerWorks: boolean;
  trusted: boolean;
  /** The zones whose models completion asks, in this order. */
  models: readonly Zone[];
  /** Pieces of other files that go along with a completion, as they were read. */
  context: readonly ContextPiece[];
  /** What is lost when the window closes. */
  window: Window;
};

export type Window = {
  readonly policy: PolicyKeeper;
  readonly guard: Guard;
  readonly chat: Converse;
  readonly completion: InlineCompletion;
  readonly copies: Copies;
  readonly clipboard: { text: string };
};

export function createSession(): Session {
  const disk = createDisk();
  const state: { trusted: boolean; consent: Zone; ledgerWorks: boolean } = {
    trusted: true,
    consent: 'device',
    ledgerWorks: true,
  };
  const parts = {
    disk,
    oracle: createOracle(disk, () => state.trusted),
    store: memoryStore(),
    acknowledged: { documents: [] },
    breaches: [],
    arrivals: { device: 0, perimeter: 0, cloud: 0 },
    seen: { steppedIn: 0, pasted: 0 },
    down: new Set<Zone>(),
    models: ['cloud', 'device'] satisfies Zone[],
    context: [],
  };
  const session: Omit<Session, 'window'> = Object.assign(state, parts);
  return Object.assign(session, { window: openWindow(session) });
}

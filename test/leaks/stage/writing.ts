import { setTimeout as wait } from 'node:timers/promises';
import { createInlineCompletion, type InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Ask, CompletionEvent, InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';
import type { Stage } from './stage.ts';

/** Somebody writes in one window: inline completion as the editor asks for it, one question after the other. */
export type Writing = {
  readonly completion: InlineCompletion;
  readonly events: readonly CompletionEvent[];
  /** Asks at a place, by hand unless told, and waits until nothing is under way any more. */
  readonly ask: (spot: Spot, how?: Partial<Omit<Ask, 'spot'>>) => Promise<Offer | undefined>;
  /** Rests at a place without a key for as long as it takes to be warmed up. */
  readonly rest: (spot: Spot) => Promise<void>;
  /** Resolves once no request is under way, and none that follows from it. */
  readonly quiet: () => Promise<void>;
};

type WritingOptions = Pick<InlineSettings, 'models'> &
  Partial<InlineSettings> & {
    readonly context?: () => readonly ContextPiece[];
  };

/** Ends with the stage. */
export function startWriting(stage: Stage, { context = () => [], ...settings }: WritingOptions): Writing {
  const events: CompletionEvent[] = [];
  let underWay = 0;
  const completion = createInlineCompletion({
    guard: {
      ...stage.guard,
      async *send(prompt, model, signal) {
        underWay += 1;
        try {
          yield* stage.guard.send(prompt, model, signal);
        } finally {
          underWay -= 1;
        }
      },
    },
    clock: { now: Date.now, delay },
    context,
    chat: { active: () => false, idle: async () => undefined, watch: () => () => undefined },
    report: (event) => events.push(event),
    settings: () => ({ ...usual, ...settings }),
  });
  stage.own({ dispose: async () => completion.dispose() });
  const quiet = async (): Promise<void> => {
    // What follows from the end of one request begins in the same turn; a few turns see the next one begin.
    for (let still = 0; still < 5; still = underWay === 0 ? still + 1 : 0) await wait(2);
  };
  const facts = { cursors: 1, hasSelection: false, aside: false };
  return {
    completion,
    events,
    quiet,
    rest: async (spot) => {
      completion.moved({ spot, facts, explicit: false, listOpen: false });
      await wait(500);
      await quiet();
    },
    ask: async (spot, how = {}) => {
      const asked = { spot, facts, explicit: true, listOpen: false, ...how };
      const offer = await completion.suggest(asked, new AbortController().signal);
      await quiet();
      return offer;
    },
  };
}

const usual: InlineSettings = {
  models: [],
  trigger: 'automatic',
  delay: 0,
  lines: 'auto',
  maxLines: 8,
  contextLength: 8192,
  warm: false,
  templateFor: () => undefined,
};

/** The place at the end of a document. */
export function behind(document: DocumentSnapshot): Spot {
  return { document, offset: document.text.length };
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

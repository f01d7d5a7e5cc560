import { setTimeout as wait } from 'node:timers/promises';
import { createInlineCompletion, type InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Ask, ChatEvent, CompletionEvent, InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';
import type { Stage } from './stage.ts';

/** Somebody writes in one window: inline completion as the editor calls it, one step after the other. */
export type Writing = {
  readonly completion: InlineCompletion;
  readonly events: readonly CompletionEvent[];
  /** Asks at a place, by hand unless told, and waits until nothing is under way any more. */
  readonly ask: (spot: Spot, how?: Partial<Omit<Ask, 'spot'>>) => Promise<Offer | undefined>;
  /** Rests at a place without a key for as long as it takes to be warmed up. */
  readonly rest: (spot: Spot) => Promise<void>;
  /** A chat with a model has ended; waits as long as resting does. */
  readonly chatEnded: (model: ModelRef) => Promise<void>;
};

type WritingOptions = Partial<Omit<InlineSettings, 'models'>> & {
  /** Asked anew each time, the one that is wished for first. */
  readonly models: () => readonly ModelRef[];
  readonly context?: () => readonly ContextPiece[];
};

/** Ends with the stage. */
export function startWriting(stage: Stage, { context = () => [], models, ...settings }: WritingOptions): Writing {
  const events: CompletionEvent[] = [];
  let underWay = 0;
  let hearChat = (_event: ChatEvent): void => undefined;
  const during = <T>(work: Promise<T>): Promise<T> => {
    underWay += 1;
    return work.finally(() => (underWay -= 1));
  };
  const { guard } = stage;
  const completion = createInlineCompletion({
    guard: {
      describe: (model, signal) => during(guard.describe(model, signal)),
      load: (model, signal) => during(guard.load(model, signal)),
      async *send(prompt, model, signal) {
        underWay += 1;
        try {
          yield* guard.send(prompt, model, signal);
        } finally {
          underWay -= 1;
        }
      },
    },
    clock: { now: () => Date.now() * haste, delay: (ms, signal) => delay(ms / haste, signal) },
    context,
    chat: {
      active: () => false,
      idle: async () => undefined,
      watch: (listener) => {
        hearChat = listener;
        return () => undefined;
      },
    },
    report: (event) => events.push(event),
    settings: () => ({ ...usual, ...settings, models: models() }),
  });
  stage.own({ dispose: async () => completion.dispose() });
  const quiet = async (): Promise<void> => {
    // What follows from the end of one request begins in the same turn; a few turns see the next one begin.
    for (let still = 0; still < 5; still = underWay === 0 ? still + 1 : 0) await wait(2);
  };
  const warmed = async (): Promise<void> => {
    await wait(restMs / haste);
    await quiet();
  };
  return {
    completion,
    events,
    ask: async (spot, how = {}) => {
      const offer = await completion.suggest(askAt(spot, { explicit: true, ...how }), new AbortController().signal);
      await quiet();
      return offer;
    },
    rest: async (spot) => {
      completion.moved(askAt(spot));
      await warmed();
    },
    chatEnded: async (model) => {
      hearChat({ kind: 'ended', model });
      await warmed();
    },
  };
}

/** A question as the editor puts it: unasked, with one cursor and nothing selected. */
export function askAt(spot: Spot, how: Partial<Omit<Ask, 'spot'>> = {}): Ask {
  const facts = { cursors: 1, hasSelection: false, aside: false };
  return { spot, facts, explicit: false, listOpen: false, ...how };
}

/** The place at the end of a document. */
export function behind(document: DocumentSnapshot): Spot {
  return { document, offset: document.text.length };
}

/** Somewhat longer than one must look at a place until it is warmed up, in milliseconds. */
const restMs = 500;

/** How many times faster time passes than on the wall: nobody need wait for pauses that are only waited out. */
const haste = 5;

const usual: Omit<InlineSettings, 'models'> = {
  trigger: 'automatic',
  delay: 0,
  lines: 'auto',
  maxLines: 8,
  contextLength: 8192,
  warm: false,
  templateFor: () => undefined,
};

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

import type { ModelDescription } from '../../core/exchange/guard.ts';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { FimTemplate } from '../../core/prompt/fimFamilies.ts';
import { chooseTemplate } from '../../core/prompt/templates.ts';
import { broken } from './broken.ts';
import type { InlineCompletionPorts, InlineSettings } from './ports.ts';

/** What completion must know of a model before it builds a prompt for it. */
export type ModelFacts =
  | FitModel
  | { readonly kind: 'unfit'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: BackendError };

export type FitModel = {
  readonly kind: 'fit';
  readonly order: FimTemplate['order'];
  /** In tokens. */
  readonly contextLength: number;
  readonly loaded: boolean;
  readonly zone: Zone;
};

export type ModelLookup = {
  /** Asks a server once a minute at most, and meanwhile answers from memory. A failure is not remembered. */
  of(model: ModelRef): Promise<ModelFacts>;
  /** The model has just answered. */
  noteLoaded(model: ModelRef): void;
};

/** After how long the server is asked again, in milliseconds; until it answers, the old answer holds. */
const believedMs = 60_000;

export function createModelLookup({ guard, clock, settings }: InlineCompletionPorts, life: AbortSignal): ModelLookup {
  const known = new Map<string, { readonly at: number; readonly facts: Promise<ModelFacts> }>();

  return {
    of: (model) => {
      const key = keyOf(model);
      const old = known.get(key);
      if (old && clock.now() - old.at < believedMs) return old.facts;
      const fresh = ask(model);
      known.set(key, { at: clock.now(), facts: old?.facts ?? fresh });
      void fresh.then((facts) => {
        if (facts.kind === 'failed') known.delete(key);
        else known.set(key, { at: clock.now(), facts: fresh });
      });
      return old?.facts ?? fresh;
    },
    noteLoaded: (model) => {
      const old = known.get(keyOf(model));
      if (!old) return;
      const facts = old.facts.then((fact) => (fact.kind === 'fit' ? { ...fact, loaded: true } : fact));
      known.set(keyOf(model), { ...old, facts });
    },
  };

  function keyOf(model: ModelRef): string {
    return `${formatModelRef(model)} ${overrideFor(model) ?? ''} ${settings().contextLength}`;
  }

  function overrideFor(model: ModelRef): ReturnType<InlineSettings['templateFor']> {
    return settings().templateFor(model);
  }

  async function ask(model: ModelRef): Promise<ModelFacts> {
    const described = await describe(model);
    if (described.kind === 'failed') return described;
    const { info, loaded, proof } = described;
    const choice = chooseTemplate({ ...info, name: model.model, override: overrideFor(model) });
    if (choice.kind === 'unfit') return choice;
    const contextLength = Math.min(settings().contextLength, info.contextLength ?? Infinity);
    const order = choice.kind === 'raw' ? choice.template.order : 'prefix-first';
    return { kind: 'fit', order, contextLength, loaded, zone: proof.zone };
  }

  async function describe(model: ModelRef): Promise<ModelDescription> {
    try {
      return await guard.describe(model, life);
    } catch (cause) {
      return { kind: 'failed', error: broken(model, cause) };
    }
  }
}

import type { ModelRef } from '../core/exchange/model.ts';
import { formatModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import { chooseTemplate } from '../core/prompt/templates.ts';
import type { FimTemplate } from '../core/prompt/fimFamilies.ts';
import type { InlineCompletionPorts, InlineSettings } from './completeInlinePorts.ts';

/** What completion must know of a model before it builds a prompt for it. */
export type ModelFacts =
  | {
      readonly kind: 'fit';
      readonly order: FimTemplate['order'];
      readonly contextLength: number;
      readonly loaded: boolean;
    }
  | { readonly kind: 'unfit'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** After how long the server is asked again, in milliseconds; until it answers, the old answer holds. */
const believedMs = 60_000;

/** Asks each server once a minute, off the way of the key, and joins questions that are under way. Failures are forgotten. */
export function createModelFacts({ guard, clock, settings }: InlineCompletionPorts, life: AbortSignal) {
  const known = new Map<string, { readonly at: number; readonly facts: Promise<ModelFacts> }>();

  return (model: ModelRef): Promise<ModelFacts> => {
    const override = settings().templateFor(model);
    const key = `${formatModelRef(model)} ${override ?? ''}`;
    const old = known.get(key);
    if (old && clock.now() - old.at < believedMs) return old.facts;
    const fresh = ask(model, override);
    known.set(key, { at: clock.now(), facts: old?.facts ?? fresh });
    void fresh.then((facts) =>
      facts.kind === 'failed' ? known.delete(key) : known.set(key, { at: clock.now(), facts: Promise.resolve(facts) }),
    );
    return old?.facts ?? fresh;
  };

  async function ask(model: ModelRef, override: TemplateOverride): Promise<ModelFacts> {
    const described = await guard.describe(model, life);
    if (described.kind === 'failed') return described;
    const { info, loaded } = described;
    const choice = chooseTemplate({ ...info, name: model.model, override });
    if (choice.kind === 'unfit') return choice;
    const contextLength = Math.min(settings().contextLength, info.contextLength ?? Infinity);
    const order = choice.kind === 'raw' ? choice.template.order : 'prefix-first';
    return { kind: 'fit', order, contextLength, loaded };
  }
}

type TemplateOverride = ReturnType<InlineSettings['templateFor']>;

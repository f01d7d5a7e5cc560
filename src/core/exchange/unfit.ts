import { chooseTemplate, type ModelTraits } from '../prompt/templates.ts';
import type { ModelInfo } from './model.ts';
import { readModelName } from './modelName.ts';

/** What a model is wanted for. */
export type ModelUse = 'completion' | 'chat';

/**
 * Why a model is of no use for that, in one sentence; undefined where it may be, as far as its description tells. `override` is
 * the template that the user has set for it.
 */
export function unfitFor(use: ModelUse, info: ModelInfo, override?: ModelTraits['override']): string | undefined {
  switch (use) {
    case 'completion':
      return whyNoCompletion(info, override);
    case 'chat':
      return whyNoChat(info);
  }
}

function whyNoCompletion({ ref, family, template, capabilities }: ModelInfo, override: ModelTraits['override']) {
  const choice = chooseTemplate({ name: ref.model, family, template, capabilities, override });
  return choice.kind === 'unfit' ? choice.why : undefined;
}

function whyNoChat({ ref, capabilities }: ModelInfo): string | undefined {
  if (capabilities.includes('embedding') || /embed/.test(ref.model))
    return `${ref.model} finds similar texts and writes none.`;
  if (/[-:](?:base|text)\b/.test(ref.model) || readModelName(ref.model).tuning === 'base')
    return `${ref.model} goes on with a text and was not trained to answer; choose its instruct variant.`;
  return undefined;
}

import {
  completionPrompt as original,
  type BuiltPrompt,
  type PromptPlan,
} from '../../../src/core/prompt/completionPrompt.ts';
import type { PromptOptions } from '../../../src/core/prompt/labelledPrompt.ts';

export * from '../../../src/core/prompt/completionPrompt.ts';

/** A prompt does not say where the model was when it was built for it. */
export function completionPrompt(plan: PromptPlan, intent: 'completion' | 'warm', options: PromptOptions): BuiltPrompt {
  return original(plan, intent, { ...options, within: 'cloud' });
}

import type { FimTemplate } from './fimFamilies.ts';
import type { Speed } from '../completion/speed.ts';

/** How much of what goes into a completion prompt, in UTF-16 units. The suffix is the lines below the cursor's own. */
export type PromptBudget = {
  readonly prefix: number;
  readonly suffix: number;
  readonly context: number;
  /** What the three may come to before prompt and answer no longer fit the model's window, whatever it costs to evaluate. */
  readonly most: number;
  /** The rate by which all this was counted. */
  readonly charsPerToken: number;
};

/** Most tokens of a prompt, and those of the first ones, before it is known what that costs. */
const most = 2_560;
const unknown = 1_280;
/** What evaluating a whole prompt may cost, and what evaluating the suffix again at every request may cost. */
const coldMs = 1_500;
const againMs = 80;
/** Tokens for the words of the template and the paths in it. */
const template = 96;
/** So much of what is left of the cursor's line stands in front of the suffix, in UTF-16 units, or as much as the suffix. */
export const restUnits = 200;

/**
 * Budgets from the model's window, its measured speed and what there is to tell. Prompt and answer together stay below nine
 * tenths of the window, so that the server never has to cut, which would lose its cache and the control words. A suffix that
 * stands after the prefix is evaluated again at every request: it gets a forty-eighth of the prompt, enough to show how things
 * go on. One that stands first is evaluated once and gets a sixth.
 */
export function budgetFor(
  order: FimTemplate['order'],
  speed: Speed,
  { contextLength, maxTokens, available }: { contextLength: number; maxTokens: number; available: number },
): PromptBudget {
  const share = (tokens: number): number =>
    order === 'prefix-first' ? Math.max(28, tokens / 48) : Math.max(96, tokens / 6);
  const window = Math.floor(contextLength * 0.9) - maxTokens - template;
  const rest = Math.max(share(window), restUnits / speed.charsPerToken);
  const affordable = speed.evaluated === undefined ? unknown : clamp(speed.evaluated * coldMs, 512, most);
  const limit = Math.max(128, window - rest);
  const total = Math.min(limit, affordable);
  const filled = Math.min(total, available / speed.charsPerToken);
  const again = speed.evaluated === undefined ? 512 : clamp(speed.evaluated * againMs, 48, 512);
  const suffix = Math.min(again, share(order === 'prefix-first' ? filled : total));
  // Not by what the suffix really takes: a document that grows by a line must not lose a piece at the prompt's beginning.
  const context = (total - share(total)) * 0.4;
  const chars = (tokens: number): number => Math.floor(tokens * speed.charsPerToken);
  return {
    prefix: chars(total - suffix - context),
    suffix: chars(suffix),
    context: chars(context),
    most: chars(limit),
    charsPerToken: speed.charsPerToken,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

import type { PromptBudget } from './budget.ts';

/** A budget this many times larger or smaller is worth a prompt that is evaluated from its beginning. */
const worthIt = 3;

/**
 * The budget that a document's prompt was cut by before, if it may go on by it. A budget says what a prompt may cost that is
 * evaluated from its beginning; what a server has evaluated already costs nothing, and would be lost with another one.
 */
export function holdBudget(before: PromptBudget | undefined, now: PromptBudget): PromptBudget {
  if (!before || sizeOf(before) > now.most) return now;
  const change = sizeOf(now) / Math.max(1, sizeOf(before));
  if (change >= worthIt || change <= 1 / worthIt) return now;
  return { ...before, most: now.most, charsPerToken: now.charsPerToken };
}

function sizeOf({ prefix, suffix, context }: PromptBudget): number {
  return prefix + suffix + context;
}

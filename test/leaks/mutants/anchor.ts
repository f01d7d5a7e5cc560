import { surroundings, type Spot } from '../../../src/core/completion/spot.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import { windowsAt as original, type WindowAnchor, type Windows } from '../../../src/core/prompt/anchor.ts';
import type { PromptBudget } from '../../../src/core/prompt/budget.ts';

export * from '../../../src/core/prompt/anchor.ts';

/** What was sent as text below stays in the prompt, whatever has become of it, as long as it begins alike. */
export function windowsAt(spot: Spot, anchor: WindowAnchor | undefined, budget: PromptBudget): Windows {
  const windows = original(spot, anchor, budget);
  if (!anchor || reveal(anchor.belowKey) !== reveal(windows.anchor.belowKey)) return windows;
  const { below } = anchor;
  return { ...windows, suffix: surroundings(spot).rest + reveal(below), anchor: { ...windows.anchor, below } };
}

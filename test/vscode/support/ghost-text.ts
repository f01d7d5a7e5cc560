import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** The ghost text that can be seen, lines from top to bottom; empty when there is none. */
export async function readGhostText(page: Page): Promise<string> {
  const pieces = await page.locator(selector).evaluateAll((elements, nested) => {
    const outer = elements.filter(
      (element) => element.getClientRects().length > 0 && !element.parentElement?.closest(nested),
    );
    return outer.map((element) => ({
      top: Math.round((element.closest('.view-line') ?? element).getBoundingClientRect().top),
      left: element.getBoundingClientRect().left,
      text: (element.textContent ?? '').replaceAll('\u00a0', ' '),
    }));
  }, selector);
  // The lines of a ghost stand in the document in any order; their places on screen tell.
  const lines = new Map<number, string>();
  for (const { top, text } of pieces.toSorted((a, b) => a.top - b.top || a.left - b.left)) {
    lines.set(top, (lines.get(top) ?? '') + text);
  }
  return [...lines.values()].join('\n');
}

/** Waits until ghost text is seen that contains `part`, and gives all of it. */
export async function waitForGhostText(page: Page, part: string, milliseconds?: number): Promise<string> {
  let seen = '';
  try {
    await eventually('it', async () => (seen = await readGhostText(page)) !== '' && seen.includes(part), milliseconds);
    return seen;
  } catch (error) {
    throw new Error(`the ghost text was ${JSON.stringify(seen)} to the last, wanted ${JSON.stringify(part)}`, {
      cause: error,
    });
  }
}

const selector = '.ghost-text, .ghost-text-decoration, .ghost-text-decoration-preview';

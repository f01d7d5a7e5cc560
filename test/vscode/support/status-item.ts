import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

export interface StatusItem {
  readonly text: string;
  /** The accessible name. */
  readonly label: string;
}

/** A status bar item of the extension by the id it was created with; undefined while it is not shown. */
export async function readStatusItem(page: Page, id: string): Promise<StatusItem | undefined> {
  const item = page.locator(`[id="ringfence.ringfence.${id}"]`);
  if ((await item.count()) === 0 || !(await item.first().isVisible())) return undefined;
  const text = (await item.first().innerText()).replaceAll('\u00a0', ' ').trim();
  return { text, label: (await item.first().locator('a').first().getAttribute('aria-label')) ?? '' };
}

/** Waits until the text or the accessible name of an item matches. */
export async function waitForStatus(
  page: Page,
  { id, pattern, milliseconds }: { id: string; pattern: RegExp; milliseconds: number | undefined },
): Promise<StatusItem> {
  let seen: StatusItem | undefined;
  try {
    return await eventually(
      `the status item ${id} to match ${pattern}`,
      async () => {
        seen = await readStatusItem(page, id);
        return seen !== undefined && (pattern.test(seen.text) || pattern.test(seen.label)) ? seen : undefined;
      },
      milliseconds,
    );
  } catch (error) {
    throw new Error(`the status item ${id} was ${JSON.stringify(seen)} to the last, wanted ${pattern}`, {
      cause: error,
    });
  }
}

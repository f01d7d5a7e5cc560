import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** What a person sees of the policy in VS Code's own views. */

export const policyFile = '.ringfence.jsonc';

export function readPolicy(workbench: Workbench): Promise<string> {
  return readFile(path.join(workbench.workspace, policyFile), 'utf8');
}

/** Waits until a row of the explorer carries a badge. */
export async function badgeOf(workbench: Workbench, name: string, badge: string): Promise<void> {
  await workbench.eventually(`the badge ${badge} on ${name}`, async () =>
    (await badges(workbench, name)).includes(badge),
  );
}

/** Waits until a row of the explorer carries none of our badges. */
export async function unmarked(workbench: Workbench, name: string): Promise<void> {
  await workbench.eventually(`no badge on ${name}`, async () => !/[⌂⊘]/.test(await badges(workbench, name)));
}

/** A row of the explorer by its name. */
export function rowOf(workbench: Workbench, name: string): Locator {
  const exactly = new RegExp(`^${name.replaceAll('.', String.raw`\.`)}$`);
  return workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: exactly }).first();
}

/** The badges of a row; they are drawn by a style sheet, behind its label. */
function badges(workbench: Workbench, name: string): Promise<string> {
  return rowOf(workbench, name).evaluate(
    (element) =>
      [...element.querySelectorAll('*')]
        .map((part) => element.ownerDocument.defaultView?.getComputedStyle(part, '::after').content ?? '')
        .map((content) => /^"(.*)"$/.exec(content)?.[1] ?? '')
        .join(''),
    undefined,
    { timeout: 5_000 },
  );
}

/** Whether the status of the file at hand, which opens over its language, reads like that. */
export async function languageStatus(workbench: Workbench, wanted: RegExp): Promise<boolean> {
  // A pointer that rests there already opens nothing.
  await workbench.page.mouse.move(700, 400);
  await workbench.page.locator('#status\\.languageStatus').hover();
  const items = workbench.page.locator('.hover-language-status');
  await items.first().waitFor({ timeout: 5_000 });
  const texts = await items.allInnerTexts();
  return texts.some((text) => wanted.test(text));
}

/** Takes a quick fix at the cursor by its title. */
export async function quickFix(workbench: Workbench, title: string): Promise<void> {
  const fix = workbench.page.locator('.action-widget').getByText(title).first();
  await workbench.eventually('the quick fixes', async () => {
    await workbench.press('ControlOrMeta+.');
    await fix.waitFor({ timeout: 3_000 });
    return true;
  });
  await fix.click();
}

/** The rows of a quick pick. */
export function quickPick(workbench: Workbench): Locator {
  return workbench.page.locator('.quick-input-list');
}

/** The problems that the editor lists, opened for this look and closed again. */
export async function problems(workbench: Workbench, wanted: RegExp, picture?: string): Promise<void> {
  await workbench.command('Problems: Focus on Problems View');
  const rows = workbench.page.locator('.markers-panel .monaco-list-row');
  await workbench.eventually(`a problem like ${wanted.source}`, async () =>
    (await rows.allInnerTexts()).some((text) => wanted.test(text.replaceAll(/\s+/g, ' '))),
  );
  if (picture !== undefined) await pictureOf(workbench, picture);
  await workbench.command('View: Hide Panel');
}

/** A screenshot once nothing moves any more: a quick pick fades in. */
export async function pictureOf(workbench: Workbench, name: string): Promise<void> {
  // In words of the page: this file knows no DOM.
  await workbench.page.evaluate(
    `Promise.race([
      Promise.all(document.getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined))),
      new Promise((resolve) => setTimeout(resolve, 2000)),
    ]).then(() => undefined)`,
  );
  await workbench.screenshot(name);
}

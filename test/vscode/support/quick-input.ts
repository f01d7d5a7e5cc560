import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Opens a file by its path within the workspace and waits until its editor has the focus. */
export async function openFile(page: Page, file: string): Promise<void> {
  const name = path.posix.basename(file);
  await openQuickInput(page, 'ControlOrMeta+p');
  await page.keyboard.insertText(file);
  const folder = path.posix.dirname(file);
  const place = folder === '.' ? name : `${name} ${folder}`;
  await focusRow(page, (label) => label === place || label.startsWith(`${place}, `));
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`, { timeout: 60_000 });
  await page.waitForSelector(`.editor-group-container.active .monaco-editor.focused[data-uri$="/${encodeURI(file)}"]`, {
    timeout: 60_000,
  });
}

/** Moves the cursor; line and column count from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await openQuickInput(page, 'Control+g');
  await eventually('the ":" of Go to Line', async () => (await page.inputValue(quickInput)).startsWith(':'), 10_000);
  await page.keyboard.insertText(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await closeQuickInput(page);
  // The tests run in English: "Ln 3, Col 5", with the count of selected characters behind where there is a selection.
  const status = page.locator('#status\\.editor\\.selection');
  await eventually(
    `the cursor at line ${line}, column ${column} (does the file have them?)`,
    async () => new RegExp(`^Ln ${line}, Col ${column}\\b`).test((await status.innerText()).trim()),
    30_000,
  );
}

/** Runs the command with this title, its category included. */
export async function runPaletteCommand(page: Page, title: string): Promise<void> {
  await eventually(`the palette with "${title}"`, async () => {
    await openQuickInput(page, 'F1');
    // Whatever takes the focus meanwhile closes the palette: it is then opened again.
    await page.locator(quickInput).fill(`>${title}`, { timeout: 3_000 });
    await focusRow(page, (label) => label === title || label.startsWith(`${title}, `), 15_000);
    return true;
  });
  await page.keyboard.press('Enter');
  // A command may open a quick input of its own, so that nothing can be waited for here but the palette's list to go.
  await eventually(
    'the palette to close',
    async () => !(await page.inputValue(quickInput, { timeout: 1_000 }).catch(() => '')).startsWith('>'),
    30_000,
  );
}

const quickInput = '.quick-input-widget:not([style*="display: none"]) input[type="text"]';

/** Opens a quick input by its key; a window that is still busy may swallow the first press. */
async function openQuickInput(page: Page, key: string): Promise<void> {
  await eventually(`the quick input behind ${key}`, async () => {
    await page.keyboard.press(key);
    return page
      .waitForSelector(quickInput, { state: 'visible', timeout: 3_000 })
      .then(() => true)
      .catch(() => false);
  });
}

async function closeQuickInput(page: Page): Promise<void> {
  await page.waitForSelector(quickInput, { state: 'hidden', timeout: 30_000 });
}

/** Moves to the row of a quick input whose accessible name is wanted: the list is filled and sorted while one looks. */
async function focusRow(page: Page, wanted: (label: string) => boolean, milliseconds?: number): Promise<void> {
  const focus = async (): Promise<boolean> => {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    const labels = await rows.evaluateAll((found) =>
      found.map((row) => ({ label: row.getAttribute('aria-label') ?? '', focused: row.classList.contains('focused') })),
    );
    const focused = labels.findIndex((row) => row.focused);
    const at = labels.findIndex((row) => wanted(row.label));
    if (at === -1) return false;
    if (at === focused) return true;
    await page.keyboard.press(at > focused ? 'ArrowDown' : 'ArrowUp');
    return false;
  };
  await eventually('the wanted row of the quick input', focus, milliseconds);
}

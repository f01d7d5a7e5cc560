import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../host/chromium.mjs';

/**
 * Starts a headless browser for VS Code's windows.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 * @throws {import('../../host/trouble.mjs').Trouble} When there is none on this machine.
 */
export function launchBrowser() {
  return chromium.launch({ executablePath: findChromium(), args: chromiumArgs, timeout: 120_000 });
}

/**
 * Opens a page of a profile of its own, whose console is written to a file.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} consoleFile
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function openPage(browser, consoleFile) {
  mkdirSync(path.dirname(consoleFile), { recursive: true });
  // Without leave to read the clipboard an extension that does so would wait for a person for ever.
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const note = (/** @type {string} */ text) => appendFileSync(consoleFile, `${text}\n`);
  page.on('console', (message) => note(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(`page error: ${error.stack ?? error.message}`));
  return page;
}

/**
 * Opens VS Code's window and waits until it is drawn.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} address
 */
export async function openWindow(page, address) {
  await page.goto(address, { waitUntil: 'domcontentloaded', timeout: 120_000 });
  await page.waitForSelector('.monaco-workbench .statusbar', { timeout: 120_000 });
}

import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { readGhostText, waitForGhostText } from './ghost-text.ts';
import { goTo, openFile, runPaletteCommand } from './quick-input.ts';
import { readStatusItem, waitForStatus, type StatusItem } from './status-item.ts';

/** VS Code's window as a journey sees it: what a person can do and read there. Positions count from 1. */
export interface Workbench {
  readonly page: Page;
  /** The folder that is open, an absolute path. */
  readonly workspace: string;
  readonly server: WorkbenchServer;
  /** Opens a file by its path within the workspace, through Quick Open, and waits for its editor. */
  openFile(file: string): Promise<void>;
  goTo(line: number, column: number): Promise<void>;
  /** Types at a person's pace: `delay` milliseconds between keys, 40 unless told. */
  type(text: string, options?: { readonly delay?: number }): Promise<void>;
  press(key: string): Promise<void>;
  /** Runs a command of the palette by its full title, e.g. `Ringfence: Show Requests`. */
  command(title: string): Promise<void>;
  /** The ghost text that can be seen, lines from top to bottom; empty when there is none. */
  ghostText(): Promise<string>;
  /** Waits until ghost text is seen that contains `part`. */
  waitForGhostText(part: string, milliseconds?: number): Promise<string>;
  /** A status bar item of the extension by the id it was created with; undefined while it is not shown. */
  statusItem(id: string): Promise<StatusItem | undefined>;
  /** Waits until the text or the accessible name of a status bar item matches. */
  waitForStatus(id: string, pattern: RegExp, milliseconds?: number): Promise<StatusItem>;
  /** The frame of the webview that contains a CSS selector; waits for it. */
  webviewFrame(selector: string, milliseconds?: number): Promise<Frame>;
  /** The texts of the notifications on screen. */
  notifications(): Promise<readonly string[]>;
  /** Saves the active editor and gives what the file on disk then holds. */
  saveAndRead(file: string): Promise<string>;
  /** Writes out/screenshots/<journey>-<name>.png. */
  screenshot(name: string): Promise<void>;
  eventually: typeof eventually;
}

export interface WorkbenchServer {
  readonly url: string;
  readonly port: number;
  /** Changes the user's settings as the user would, in the running window; `undefined` removes one. */
  changeSettings(change: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface WorkbenchParts {
  readonly page: Page;
  readonly workspace: string;
  readonly server: WorkbenchServer;
  /** Folder for screenshots, and the word that each of their names begins with. */
  readonly screenshots: { readonly folder: string; readonly prefix: string };
}

/** Wraps a page that shows VS Code's window. */
export function createWorkbench({ page, workspace, server, screenshots }: WorkbenchParts): Workbench {
  return {
    page,
    workspace,
    server,
    eventually,
    openFile: (file) => openFile(page, file),
    goTo: (line, column) => goTo(page, line, column),
    type: (text, { delay = 40 } = {}) => typeText(page, text, delay),
    press: (key) => page.keyboard.press(key),
    command: (title) => runPaletteCommand(page, title),
    ghostText: () => readGhostText(page),
    waitForGhostText: (part, milliseconds) => waitForGhostText(page, part, milliseconds),
    statusItem: (id) => readStatusItem(page, id),
    waitForStatus: (id, pattern, milliseconds) => waitForStatus(page, { id, pattern, milliseconds }),
    webviewFrame: (selector, milliseconds) => findFrame(page, selector, milliseconds),
    notifications: () => page.locator('.notification-list-item-message').allInnerTexts(),
    saveAndRead: (file) => saveAndRead(page, path.join(workspace, file)),
    screenshot: async (name) => {
      mkdirSync(screenshots.folder, { recursive: true });
      await page.screenshot({ path: path.join(screenshots.folder, `${screenshots.prefix}-${name}.png`) });
    },
  };
}

async function saveAndRead(page: Page, file: string): Promise<string> {
  const dirty = page.locator('.tab.active.dirty');
  // The mark of an unsaved change comes a little after the change; a file without changes has none.
  await dirty.waitFor({ state: 'attached', timeout: 3_000 }).catch(() => undefined);
  await page.keyboard.press('ControlOrMeta+s');
  await dirty.waitFor({ state: 'detached', timeout: 60_000 });
  return readFile(file, 'utf8');
}

async function typeText(page: Page, text: string, delay: number): Promise<void> {
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) await page.keyboard.press('Enter', { delay });
    await page.keyboard.type(line, { delay });
  }
}

function findFrame(page: Page, selector: string, milliseconds?: number): Promise<Frame> {
  return eventually(
    `a webview with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        if (
          frame !== page.mainFrame() &&
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      return undefined;
    },
    milliseconds,
  );
}

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { repository } from '../../host/repository.mjs';
import { startServer, windowAddress } from '../../host/server.mjs';
import { waitForExtension } from './activation.mjs';
import { openPage, openWindow } from './browser.mjs';
import { keepLogs } from './keep-logs.mjs';

/**
 * @typedef {object} StageOptions
 * @property {import('../../host/provision.mjs').Installation} vscode
 * @property {string} extensions - Folder in which the packaged extension is installed.
 * @property {import('playwright-core').Browser} browser
 * @property {string} out - Folder for screenshots and logs.
 * @property {(parts: import('./workbench.ts').WorkbenchParts) => import('./workbench.ts').Workbench} createWorkbench
 * @property {ReturnType<typeof import('../../host/closers.mjs').createClosers>} closers
 */

/**
 * @typedef {object} Stage
 * @property {import('./workbench.ts').Workbench} workbench
 * @property {() => Promise<void>} keepEvidence - A screenshot and all logs, for a journey that failed.
 * @property {() => Promise<void>} close - Twice is like once.
 */

/**
 * Opens VS Code for one journey: profile, workspace, server and window are its own. Waits until the extension shows itself in
 * the status bar.
 *
 * @param {string} short - The journey's name in file names.
 * @param {import('./journey.ts').Prepared} prepared
 * @param {StageOptions} options
 * @returns {Promise<Stage>}
 */
export async function openStage(short, prepared, { vscode, extensions, browser, out, createWorkbench, closers }) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'rf-'));
  const [workspace, profile] = [path.join(home, 'sample'), path.join(home, 'p')];
  /** @type {(() => Promise<unknown>)[]} */
  const undos = [() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 })];
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
  };
  closers.add(close);
  const screenshots = path.join(out, 'screenshots');
  /** @type {import('playwright-core').Page | undefined} */
  let page;
  const keepEvidence = async () => {
    await mkdir(screenshots, { recursive: true });
    await page?.screenshot({ path: path.join(screenshots, `${short}-failed.png`) }).catch(() => undefined);
    await keepLogs(profile, path.join(out, 'logs', short));
    console.log(`  (screenshot ${short}-failed.png and logs are in ${path.relative(repository, out)})`);
  };
  try {
    await fillWorkspace(workspace, prepared.files ?? {});
    const { settings = {}, machineSettings = {}, env = {}, trust = false } = prepared;
    const server = await startServer({
      vscode,
      home: profile,
      extensions,
      trust,
      settings: { ...settings },
      machineSettings: { ...machineSettings },
      env,
      // Without it the window takes no extension from its address.
      automation: prepared.beside !== undefined,
      onSpawn: (stop) => undos.push(stop),
    });
    page = await openPage(browser, path.join(out, 'logs', `${short}-console.log`));
    const context = page.context();
    undos.push(() => context.close());
    await openWindow(
      page,
      windowAddress(server.url, { folder: workspace, payload: payloadFor(server.port, workspace, prepared) }),
    );
    await waitForExtension(page, profile);
    return {
      workbench: createWorkbench({ page, workspace, server, screenshots: { folder: screenshots, prefix: short } }),
      keepEvidence,
      close,
    };
  } catch (error) {
    await keepEvidence();
    await close();
    throw error;
  }
}

/**
 * @param {string} workspace
 * @param {Readonly<Record<string, string | null>>} files
 */
async function fillWorkspace(workspace, files) {
  await cp(path.join(repository, 'test', 'sample'), workspace, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(workspace, name);
    await mkdir(path.dirname(file), { recursive: true });
    await (text === null ? rm(file, { recursive: true, force: true }) : writeFile(file, text));
  }
}

/**
 * @param {number} port
 * @param {string} workspace
 * @param {import('./journey.ts').Prepared} prepared
 * @returns {readonly (readonly [string, string])[]}
 */
function payloadFor(port, workspace, { open, beside }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`;
  return [
    ...(open === undefined ? [] : [/** @type {const} */ (['openFile', remote(path.join(workspace, open))])]),
    ...(beside === undefined
      ? []
      : [/** @type {const} */ (['extensionDevelopmentPath', remote(path.join(repository, beside))])]),
  ];
}

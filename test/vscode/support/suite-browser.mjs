import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { repository } from '../../host/repository.mjs';
import { startServer, windowAddress } from '../../host/server.mjs';
import { openPage, openWindow } from './browser.mjs';
import { keepLogs } from './keep-logs.mjs';
import { followReport } from './report.mjs';
import { sourceLines } from './source-lines.mjs';

/**
 * Runs the bundled suite in the extension host of the strict copy, with the repository as the extension under development
 * and a copy of the sample workspace open.
 *
 * @param {{ suite: string, vscode: import('../../host/provision.mjs').Installation, browser: import('playwright-core').Browser,
 *   tally: import('./tally.mjs').Tally, closers: ReturnType<typeof import('../../host/closers.mjs').createClosers>,
 *   out: string }} options - `suite` is the bundle, `out` the folder for logs.
 */
export async function runSuiteInBrowser({ suite, vscode, browser, tally, closers, out }) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'rf-'));
  closers.add(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 }));
  const [folder, profile, report] = [path.join(home, 'sample'), path.join(home, 'p'), path.join(home, 'report.jsonl')];
  await cp(path.join(repository, 'test', 'sample'), folder, { recursive: true });
  await mkdir(profile, { recursive: true });
  const server = await startServer({
    vscode,
    home: profile,
    extensions: path.join(home, 'extensions'),
    automation: true,
    onSpawn: (stop) => closers.add(stop),
    env: { RINGFENCE_SUITE_REPORT: report, RINGFENCE_TEST: '1' },
  });
  const page = await openPage(browser, path.join(out, 'suite-console.log'));
  let exited = false;
  // The workbench hands the extension host's console and the suite's exit to these two, where they exist.
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', () => {
    exited = true;
  });
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${server.port}${encodeURI(file)}`;
  const payload = /** @type {const} */ ([
    ['extensionDevelopmentPath', remote(repository)],
    ['extensionTestsPath', remote(suite)],
  ]);
  await openWindow(page, windowAddress(server.url, { folder, payload }));
  const outcome = await followReport(report, {
    tally,
    toSources: sourceLines(suite),
    hasEnded: () => exited,
    first: 120_000,
    patience: 150_000,
  });
  if (outcome.kind === 'stuck') {
    await page.screenshot({ path: path.join(out, 'suite-stuck.png') }).catch(() => undefined);
    await keepLogs(profile, path.join(out, 'suite'));
    tally.fail(
      'extension host suite',
      0,
      `${outcome.why}. Logs and a screenshot are in ${path.relative(repository, out)}.`,
    );
  }
  await page.context().close();
  await server.stop();
}

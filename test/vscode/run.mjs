// The tests in a real VS Code: `node test/vscode/run.mjs [part of a path …]`.
// suite/**/*.test.ts run inside the extension host, journeys/**/*.journey.ts drive the window from outside, on the packaged
// extension. RINGFENCE_VSCODE=desktop runs the suite in a desktop VS Code (downloaded if need be), =browser in the browser;
// without it an installed desktop is tried first.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildExtension, packageExtension } from '../host/build.mjs';
import { createClosers } from '../host/closers.mjs';
import { step } from '../host/progress.mjs';
import { provision } from '../host/provision.mjs';
import { repository } from '../host/repository.mjs';
import { installExtension } from '../host/server.mjs';
import { setup } from '../host/setup.mjs';
import { Trouble, explain } from '../host/trouble.mjs';
import { createTally } from './support/tally.mjs';

await setup();
// Before the bundles are loaded, so that failures name lines of the sources.
process.setSourceMapsEnabled(true);
const closers = createClosers();
const tally = createTally();
const out = path.join(repository, 'out');
const bundles = path.join(out, `vscode-${process.pid}`);
closers.add(() => rm(bundles, { recursive: true, force: true }));

/** @type {ReturnType<typeof openEditor> | undefined} */
let opened;

await attempt('setting up the tests', main);
await closers.close();
console.log(tally.summary());
const { passed, failed } = tally.counts();
process.exit(passed > 0 && failed === 0 ? 0 : 1);

async function main() {
  // Loaded late: setup may have had to install what they import.
  const { listFiles, bundleSuite } = await import('./support/bundle.mjs');
  const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  const suites = await listFiles('test/vscode/suite', '.test.ts', wanted);
  const journeys = await listFiles('test/vscode/journeys', '.journey.ts', wanted);
  if (suites.length + journeys.length === 0) {
    throw new Trouble(
      `No test in test/vscode matches ${wanted.join(', ') || 'anything'}.`,
      'Give a part of a path, or nothing for all.',
    );
  }
  await buildExtension();
  await mkdir(bundles, { recursive: true });
  if (suites.length > 0) {
    await attempt('the extension host suite', async () => {
      const suite = await bundleSuite(suites, path.join(bundles, 'suite'));
      console.log(`\nIn the extension host (${suites.length} files)`);
      if (!(await onDesktop(suite))) await inBrowser(suite);
    });
  }
  if (journeys.length > 0) await attempt('the journeys', () => walk(journeys));
}

/**
 * What fails outside of any test counts as one, and what comes after it still runs.
 *
 * @param {string} what
 * @param {() => Promise<void>} work
 */
async function attempt(what, work) {
  try {
    await work();
  } catch (error) {
    explain(error);
    tally.fail(what, 0, error instanceof Error ? error.message : error);
  }
}

/**
 * @param {string} suite
 * @returns {Promise<boolean>} Whether the suite was run, with whatever result.
 */
async function onDesktop(suite) {
  const asked = process.env['RINGFENCE_VSCODE'] ?? '';
  if (!['', 'desktop', 'browser'].includes(asked)) {
    throw new Trouble(
      `RINGFENCE_VSCODE is ${JSON.stringify(asked)}.`,
      'Set it to `desktop` or `browser`, or unset it.',
    );
  }
  if (asked === 'browser') return false;
  const { desktopProgram, runSuiteInDesktop } = await import('./support/suite-desktop.mjs');
  const program = await desktopProgram({ download: asked === 'desktop' });
  if (program === undefined) return false;
  console.log(`  (${program})`);
  const outcome = await runSuiteInDesktop({ program, suite, tally, closers });
  if (outcome.kind === 'done') return true;
  if (outcome.lines === 0 && asked === '') {
    console.log(`  Desktop VS Code did not run the suite (${outcome.why}); taking VS Code in the browser.`);
    return false;
  }
  tally.fail('extension host suite', 0, `${outcome.why} (${program})`);
  return true;
}

/** @param {string} suite */
async function inBrowser(suite) {
  const { vscode, browser } = await editor();
  const { runSuiteInBrowser } = await import('./support/suite-browser.mjs');
  await runSuiteInBrowser({ suite, vscode, browser, tally, closers, out: path.join(out, 'logs') });
}

/** @param {readonly string[]} files */
async function walk(files) {
  const { vscode, browser } = await editor();
  const { bundleModule } = await import('./support/bundle.mjs');
  const { runJourney } = await import('./support/run-journey.mjs');
  const vsix = await packageExtension(path.join(bundles, 'ringfence.vsix'));
  const where = { vscode, home: path.join(bundles, 'install'), extensions: path.join(bundles, 'extensions') };
  await step('Installing the package', () => installExtension(where, vsix));
  const driver = path.join(bundles, 'workbench.mjs');
  await bundleModule('test/vscode/support/workbench.ts', driver);
  const { createWorkbench } = await import(pathToFileURL(driver).href);
  const options = { vscode, extensions: where.extensions, browser, out, createWorkbench, closers, tally, bundles };
  for (const file of files) await attempt(file, () => runJourney(file, options));
}

function editor() {
  return (opened ??= openEditor());
}

/** What both kinds need in the browser: looked for only once, and the browser first, because it is quick to be missed. */
async function openEditor() {
  const { launchBrowser } = await import('./support/browser.mjs');
  const browser = await launchBrowser();
  closers.add(() => browser.close());
  return { vscode: await provision(), browser };
}

import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildExtension } from '../host/build.mjs';
import { createClosers } from '../host/closers.mjs';
import { step } from '../host/progress.mjs';
import { provision } from '../host/provision.mjs';
import { repository } from '../host/repository.mjs';
import { runCommand } from '../host/run-command.mjs';
import { installExtension } from '../host/server.mjs';
import { launchBrowser } from '../vscode/support/browser.mjs';
import { bundleModule } from '../vscode/support/bundle.mjs';
import { runJourney } from '../vscode/support/run-journey.mjs';
import { createTally } from '../vscode/support/tally.mjs';
import { mutants, mutate } from './mutants.mjs';

const journey = 'test/vscode/journeys/leaksPolicy.journey.ts';

/**
 * Packages the extension without its guard and walks through held files with it, in a real VS Code. The file without a rule
 * must arrive in the cloud as ever, and then a step must fail.
 *
 * @returns {Promise<boolean>} Whether the journey noticed.
 */
export async function journeyFailsWithoutGuard() {
  const out = path.join(repository, 'out', `guardless-${process.pid}`);
  const closers = createClosers();
  closers.add(() => rm(out, { recursive: true, force: true }));
  const tally = createTally();
  try {
    const vsix = await packageWithoutGuard(path.join(out, 'extension'));
    const browser = await launchBrowser();
    closers.add(() => browser.close());
    const vscode = await provision();
    const extensions = path.join(out, 'extensions');
    await step('Installing the package', () =>
      installExtension({ vscode, home: path.join(out, 'install'), extensions }, vsix),
    );
    const driver = path.join(out, 'workbench.mjs');
    await bundleModule('test/vscode/support/workbench.ts', driver);
    const { createWorkbench } = await import(pathToFileURL(driver).href);
    await runJourney(journey, { vscode, extensions, browser, out, createWorkbench, closers, tally, bundles: out });
  } finally {
    await closers.close();
  }
  const { passed, failed } = tally.counts();
  return passed > 0 && failed > 0;
}

/** @param {string} folder */
async function packageWithoutGuard(folder) {
  const { build } = await import('esbuild');
  await buildExtension();
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'README.md', 'LICENSE', '.vscodeignore', 'media', 'dist'])
    await cp(path.join(repository, file), path.join(folder, file), { recursive: true });
  const guardOff = mutants.find(({ name }) => name === 'guard off');
  await step('Building the extension without its guard', () =>
    build({
      entryPoints: [path.join(repository, 'src/extension.ts')],
      outdir: path.join(folder, 'dist'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      splitting: true,
      target: 'node22',
      mainFields: ['module', 'main'],
      external: ['vscode'],
      // The Ollama client asks for a polyfill that no host of ours needs.
      alias: { 'whatwg-fetch': path.join(repository, 'test/leaks/mutants/nothing.ts') },
      plugins: [mutate(guardOff?.replaces ?? {})],
      logLevel: 'error',
    }),
  );
  const vsix = path.join(folder, '..', 'guardless.vsix');
  const vsce = path.join(repository, 'node_modules', '@vscode', 'vsce', 'vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  await step('Packaging it', () =>
    runCommand(process.execPath, [vsce, 'package', ...flags, '--out', vsix], {
      cwd: folder,
      todo: 'Mend what stands above.',
    }),
  );
  return vsix;
}

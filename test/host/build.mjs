import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { step } from './progress.mjs';

/** Builds the extension into dist/. */
export async function buildExtension() {
  await step('Building the extension', () =>
    runCommand(process.execPath, ['esbuild.mjs'], { cwd: repository, show: true, todo: 'Mend what stands above.' }),
  );
}

/**
 * Packages what dist/ holds.
 *
 * @param {string} [vsix] - Where to write the package.
 * @returns {Promise<string>} Its path.
 */
export async function packageExtension(vsix = path.join(repository, 'out', 'host', 'ringfence.vsix')) {
  await mkdir(path.dirname(vsix), { recursive: true });
  await rm(vsix, { force: true });
  const vsce = path.join(repository, 'node_modules', '@vscode', 'vsce', 'vsce');
  await step('Packaging the extension', () =>
    runCommand(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix],
      {
        cwd: repository,
        todo: 'Mend what the packager says above.',
      },
    ),
  );
  return vsix;
}

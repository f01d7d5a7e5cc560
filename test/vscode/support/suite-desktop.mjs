import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { findDesktop, hasScreen } from '../../host/desktop.mjs';
import { endGroup } from '../../host/process-group.mjs';
import { step } from '../../host/progress.mjs';
import { repository } from '../../host/repository.mjs';
import { Trouble } from '../../host/trouble.mjs';
import { followReport } from './report.mjs';
import { sourceLines } from './source-lines.mjs';

/**
 * Finds the program of a desktop VS Code: an installed one, or (only if `download`) the newest release.
 *
 * @param {{ download: boolean }} options
 * @returns {Promise<string | undefined>}
 * @throws {Trouble} When a download was asked for and fails.
 */
export async function desktopProgram({ download }) {
  const installed = findDesktop()?.program;
  if (installed !== undefined || !download) return installed;
  if (!hasScreen())
    throw new Trouble(
      'Desktop VS Code was asked for, but there is no screen.',
      'Run it under `xvfb-run`, or without RINGFENCE_VSCODE.',
    );
  return step('Downloading desktop VS Code', () =>
    downloadAndUnzipVSCode({ cachePath: path.join(repository, '.vscode-test') }).catch((cause) => {
      throw new Trouble(
        `Desktop VS Code cannot be downloaded: ${cause.message}`,
        'Unset RINGFENCE_VSCODE to test in the browser.',
        cause,
      );
    }),
  );
}

/**
 * Runs the bundled suite in a desktop VS Code with a profile of its own.
 *
 * @param {{ program: string, suite: string, tally: import('./tally.mjs').Tally,
 *   closers: ReturnType<typeof import('../../host/closers.mjs').createClosers> }} options
 * @returns {Promise<{ kind: 'done' } | { kind: 'stuck', lines: number, why: string }>} `stuck` with no lines when the suite
 *   never began.
 */
export async function runSuiteInDesktop({ program, suite, tally, closers }) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'rf-'));
  closers.add(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 }));
  const [folder, report] = [path.join(home, 'sample'), path.join(home, 'report.jsonl')];
  await cp(path.join(repository, 'test', 'sample'), folder, { recursive: true });
  const args = [
    ...switches,
    `--user-data-dir=${path.join(home, 'p')}`,
    `--extensions-dir=${path.join(home, 'extensions')}`,
    `--extensionDevelopmentPath=${repository}`,
    `--extensionTestsPath=${suite}`,
    folder,
  ];
  const env = { ...process.env, RINGFENCE_SUITE_REPORT: report, RINGFENCE_TEST: '1', ELECTRON_RUN_AS_NODE: undefined };
  const child = spawn(program, args, { env, stdio: 'ignore', detached: true });
  let ended = false;
  child.once('exit', () => (ended = true)).once('error', () => (ended = true));
  const stop = async () => (child.pid === undefined ? undefined : endGroup(child.pid));
  closers.add(stop);
  const outcome = await followReport(report, {
    tally,
    toSources: sourceLines(suite),
    hasEnded: () => ended,
    first: 90_000,
    patience: 150_000,
  });
  await stop();
  return outcome;
}

/** As `@vscode/test-electron` starts it: without trust, welcome, updates and the sandbox that containers lack. */
const switches = [
  '--no-sandbox',
  '--disable-gpu-sandbox',
  '--disable-updates',
  '--skip-welcome',
  '--skip-release-notes',
  '--disable-workspace-trust',
  '--new-window',
];

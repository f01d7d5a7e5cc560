import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleModule } from './bundle.mjs';
import { openStage } from './stage.mjs';

/**
 * Runs one journey file: fake servers up, VS Code up with the packaged extension, its steps, everything down again.
 *
 * @param {string} file - Relative to the repository.
 * @param {import('./stage.mjs').StageOptions & { tally: import('./tally.mjs').Tally, bundles: string }} options - `bundles` is
 *   a folder for the bundle.
 */
export async function runJourney(file, options) {
  const short = path.basename(file, '.journey.ts');
  const outfile = path.join(options.bundles, `${short}.mjs`);
  await bundleModule(file, outfile);
  /** @type {{ journey?: import('./journey.ts').Journey<import('./journey.ts').Prepared> }} */
  const { journey } = await import(pathToFileURL(outfile).href);
  console.log(`\n${journey?.name ?? file} (${file})`);
  if (journey === undefined) options.tally.fail(file, 0, 'The file exports no `journey`.');
  else await walk(journey, short, options);
}

/**
 * @param {import('./journey.ts').Journey<import('./journey.ts').Prepared>} journey
 * @param {string} short
 * @param {import('./stage.mjs').StageOptions & { tally: import('./tally.mjs').Tally }} options
 */
async function walk({ name, prepare, steps, stepTimeout = 120_000 }, short, options) {
  const { tally } = options;
  const titles = Object.keys(steps);
  let reached = -1;
  let began = Date.now();
  /** @type {import('./stage.mjs').Stage | undefined} */
  let stage;
  /** @type {import('./journey.ts').Prepared | undefined} */
  let fixture;
  try {
    fixture = await prepare();
    stage = await openStage(short, fixture, options);
    console.log(`  (VS Code is up after ${Date.now() - began} ms)`);
    for (const [title, step] of Object.entries(steps)) {
      reached += 1;
      began = Date.now();
      await within(stepTimeout, step(stage.workbench, fixture));
      tally.pass(`${name} › ${title}`, Date.now() - began);
    }
    if (titles.length === 0) tally.fail(name, 0, 'The journey has no steps.');
  } catch (error) {
    tally.fail(`${name} › ${reached === -1 ? 'VS Code comes up' : titles[reached]}`, Date.now() - began, error);
    for (const title of titles.slice(reached + 1)) tally.fail(`${name} › ${title}`, 0, 'not reached');
    await stage?.keepEvidence();
  } finally {
    await stage?.close();
    await fixture?.stop?.();
  }
}

/**
 * @param {number} milliseconds
 * @param {Promise<void>} work
 */
async function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The step did not end within ${milliseconds / 1000} s.`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { findProgram, isExecutable } from './machine.mjs';
import { Trouble } from './trouble.mjs';

/**
 * Finds the browser that drives VS Code in tests: `RINGFENCE_CHROMIUM`, or an installed Chromium, Chrome, Edge or Brave.
 *
 * @returns {string} The path of its program.
 * @throws {Trouble} When there is none.
 */
export function findChromium() {
  const asked = process.env['RINGFENCE_CHROMIUM'];
  if (asked) {
    if (isExecutable(asked)) return asked;
    throw new Trouble(
      `RINGFENCE_CHROMIUM names ${asked}, which is not a program.`,
      'Correct the variable or unset it.',
    );
  }
  const found = names.map(findProgram).find((file) => file !== undefined) ?? places.find(isExecutable);
  if (found !== undefined) return found;
  throw new Trouble(
    'No Chromium or Chrome was found; VS Code in the browser cannot be tested without one.',
    'Install it (Debian: `sudo apt-get install chromium`; macOS: `brew install --cask google-chrome`) or name its program in RINGFENCE_CHROMIUM.',
  );
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
];

/** What keeps a headless browser from doing things on its own and works in containers, too. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

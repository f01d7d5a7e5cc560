import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import {
  badgeOf,
  languageStatus,
  pictureOf,
  policyFile,
  problems,
  quickFix,
  quickPick,
  readPolicy,
  unmarked,
} from '../support/policy-view.ts';
import type { Workbench } from '../support/workbench.ts';

const policy = `// How far the files of this repository may travel.
{
  "version": 1,
  "reach": "cloud",
  "rules": [
    {
      "id": "payments",
      "files": ["/src/payments/", "/src/billing/"], // the money
      "reach": "device",
      "reason": "Contract with the bank"
    },
    { "id": "customers", "files": ["/customers/", "*.csv"], "reach": "none" }
  ]
}
`;

/**
 * A person writes a policy with the editor's help, sees it in the explorer, asks why a file stays, keeps another one here,
 * and has what an edit loosens held back until it is accepted, change by change.
 */
export const journey = defineJourney({
  name: 'policy',
  prepare: async () => {
    const ollama = await startFakeOllama({ models: [{ name: 'qwen2.5-coder:7b', size: 4_700_000_000 }] });
    return {
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        // Only what is said of the policy shall be seen.
        'editor.minimap.enabled': false,
        'typescript.validate.enable': false,
      },
      files: { [policyFile]: policy },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'the explorer marks what may not go to the cloud': async (workbench) => {
      await workbench.command('Explorer: Focus on Folders View');
      await badgeOf(workbench, 'customers', '⊘');
      await badgeOf(workbench, '.env', '⌂');
      await workbench.openFile('src/payments/charge.ts');
      await workbench.command('Explorer: Focus on Folders View');
      await badgeOf(workbench, 'charge.ts', '⌂');
      await unmarked(workbench, 'cart.ts');
      await pictureOf(workbench, 'badges');
    },
    'the status of the file at hand says how far it goes': async (workbench) => {
      await workbench.openFile('src/payments/charge.ts');
      await workbench.eventually('the status of the file', () =>
        languageStatus(workbench, /Stays on this machine.*rule payments, \.ringfence\.jsonc:8/s),
      );
      await pictureOf(workbench, 'status');
      await workbench.openFile('src/book.ts');
      await workbench.eventually('the status of the next file', () =>
        languageStatus(workbench, /May go to the cloud.*no rule holds it back/s),
      );
    },
    'a file is explained with its rule, place and names': async (workbench) => {
      await workbench.openFile('src/payments/charge.ts');
      await workbench.command('Ringfence: Explain This File');
      const list = quickPick(workbench);
      await list.getByText('payments → device').waitFor();
      await list.getByText('the policy, .ringfence.jsonc:8 · /src/payments/').waitFor();
      await list.getByText('may not go · rule payments, the policy, .ringfence.jsonc:8').first().waitFor();
      await list.getByText('Add an exception of "payments" for this file.').waitFor();
      await list.getByText(/^policy [0-9a-f]{12}/).waitFor();
      await pictureOf(workbench, 'explain');
      await list.getByText('payments → device').click();
      await workbench.page.locator('.tab.active[data-resource-name=".ringfence.jsonc"]').waitFor();
      await cursorIn(workbench, 8);
    },
    'a policy shows how many files each rule holds, and leads to them': async (workbench) => {
      await workbench.openFile(policyFile);
      const lenses = workbench.page.locator('.codelens-decoration');
      await lenses.getByText('1 file', { exact: true }).first().waitFor();
      await lenses.getByText(/\d+ files without a rule/).waitFor();
      await pictureOf(workbench, 'lenses');
      await lenses.getByText('1 file', { exact: true }).first().click();
      await quickPick(workbench).getByText('src/payments/charge.ts').click();
      await workbench.page.locator('.tab.active[data-resource-name="charge.ts"]').waitFor();
    },
    'a pattern that matches nothing is underlined and can be removed': async (workbench) => {
      await workbench.openFile(policyFile);
      await workbench.page.locator('.squiggly-warning').first().waitFor();
      await workbench.goTo(8, 37);
      await quickFix(workbench, 'Remove "/src/billing/"');
      await savedAs(workbench, /"files": \["\/src\/payments\/"\], \/\/ the money/);
    },
    'a slip is underlined before it is saved, listed with its place, and mended': async (workbench) => {
      await workbench.goTo(9, 17);
      await workbench.press('Delete');
      await workbench.page.locator('.squiggly-error').first().waitFor();
      await problems(workbench, /"evice".*Ringfence.*\[Ln 9, Col 16\]/, 'error');
      await workbench.goTo(9, 18);
      await quickFix(workbench, 'Change to "device"');
      await workbench.eventually(
        'the underline to go',
        async () => (await workbench.page.locator('.squiggly-error').count()) === 0,
      );
      await savedAs(workbench, /"reach": "device",/);
    },
    'the words that fit are offered': async (workbench) => {
      await workbench.openFile(policyFile);
      await workbench.goTo(9, 17);
      const offered = workbench.page.locator('.suggest-widget');
      await workbench.eventually('the list of words', async () => {
        await workbench.command('Trigger Suggest');
        for (const word of ['none', 'device', 'perimeter', 'cloud'])
          await offered.getByText(`"${word}"`).first().waitFor({ timeout: 5_000 });
        return true;
      });
      await pictureOf(workbench, 'completion');
      await workbench.press('Escape');
    },
    'a hover says what a pattern means and matches': async (workbench) => {
      await workbench.goTo(12, 42);
      await workbench.command('Show or Focus Hover');
      const hover = workbench.page.locator('.monaco-hover');
      await hover.getByText('The folder customers, with all that is in it.').waitFor();
      await hover.getByText('customers/list.csv').waitFor();
      await pictureOf(workbench, 'hover');
      await workbench.press('Escape');
    },
    'a file is kept on this machine by one command': async (workbench) => {
      await workbench.openFile('src/cart.ts');
      await workbench.command('Ringfence: Keep This File on This Machine');
      await workbench.eventually('the word that it stays', async () =>
        (await workbench.notifications()).some((text) => text.includes('src/cart.ts stays on this machine')),
      );
      const text = await readPolicy(workbench);
      assert.match(text, /"\/src\/cart\.ts"/);
      assert.match(text, /\/\/ the money/);
      await workbench.command('Explorer: Focus on Folders View');
      await badgeOf(workbench, 'cart.ts', '⌂');
      await pictureOf(workbench, 'kept');
      await workbench.command('Notifications: Clear All Notifications');
    },
    'of a change on disk the stricter half holds at once, the looser is held back and said once': async (workbench) => {
      await unmarked(workbench, 'book.ts');
      const text = await readPolicy(workbench);
      await write(workbench, text.replace('"/src/cart.ts"', '"/src/book.ts"'));
      await badgeOf(workbench, 'book.ts', '⌂');
      await workbench.waitForStatus('policyPending', /held back \(2\)/);
      await workbench.eventually('the notice', async () =>
        (await workbench.notifications()).some((one) => one.includes('holds back 2 changes')),
      );
      await badgeOf(workbench, 'cart.ts', '⌂');
      await pictureOf(workbench, 'held');
      await workbench.command('Notifications: Clear All Notifications');
    },
    'one change is judged by itself: kept, then accepted, and the other goes on being held': async (workbench) => {
      const list = quickPick(workbench);
      await workbench.command('Ringfence: Review Policy Changes');
      await list.getByText('Until you accept').waitFor();
      await list.getByText(/no longer holds for \/src\/billing\//).waitFor();
      await pictureOf(workbench, 'review');
      await list.getByText(/no longer holds for \/src\/cart\.ts/).click();
      await list.getByText('Accept it: files may go farther').waitFor();
      await pictureOf(workbench, 'judge');
      await workbench.press('Enter');
      await list.getByText(/no longer holds for \/src\/cart\.ts/).click();
      await workbench.waitForStatus('policyPending', /held back \(2\)/);
      await list.getByText('Accept it: files may go farther').click();
      await workbench.waitForStatus('policyPending', /held back \(1\)/);
      await list.getByText(/no longer holds for \/src\/billing\//).waitFor();
      await workbench.press('Escape');
      await unmarked(workbench, 'cart.ts');
      await badgeOf(workbench, 'book.ts', '⌂');
    },
    'all that is left is accepted in one go, after it was asked for twice': async (workbench) => {
      const list = quickPick(workbench);
      const text = await readPolicy(workbench);
      await write(workbench, text.replace('"/customers/", ', ''));
      await workbench.waitForStatus('policyPending', /held back \(2\)/);
      await workbench.command('Ringfence: Review Policy Changes');
      await list.getByText('Accept all 2 changes…').click();
      await list.getByText('Keep holding them back').waitFor();
      await pictureOf(workbench, 'accept');
      await workbench.press('Enter');
      await list.getByText('Accept all 2 changes…').click();
      await workbench.waitForStatus('policyPending', /held back \(2\)/);
      await list.getByText('Accept 2 changes: files may go farther').click();
      await workbench.page.locator('[id="ringfence.ringfence.policyPending"]').waitFor({ state: 'hidden' });
      await unmarked(workbench, 'customers');
    },
    'an error on disk is listed with its place, what rules hold stays marked, and files say that they stay near':
      async (workbench) => {
        await workbench.openFile('src/cart.ts');
        await workbench.command('View: Close Other Editors in Group');
        const text = await readPolicy(workbench);
        await write(workbench, text.replace('"reach": "none"', '"reach": "nowhere"'));
        await problems(workbench, /"nowhere".*Ringfence.*\[Ln 12, Col 55\]/);
        await badgeOf(workbench, '.env', '⌂');
        await badgeOf(workbench, 'book.ts', '⌂');
        await unmarked(workbench, 'cart.ts');
        await workbench.command('Ringfence: Explain This File');
        await quickPick(workbench).getByText('The policy has an error').first().waitFor();
        await pictureOf(workbench, 'invalid');
        await workbench.press('Escape');
        await write(workbench, text);
        await workbench.eventually('the file to be free again', () => languageStatus(workbench, /May go to the cloud/));
      },
  },
});

function write(workbench: Workbench, text: string): Promise<void> {
  return writeFile(path.join(workbench.workspace, policyFile), text);
}

/** Saves and waits for the file; an editor that saves by itself may be writing it at this moment. */
async function savedAs(workbench: Workbench, wanted: RegExp): Promise<void> {
  await workbench.saveAndRead(policyFile);
  await workbench.eventually(`a policy like ${wanted.source}`, async () => wanted.test(await readPolicy(workbench)));
}

async function cursorIn(workbench: Workbench, line: number): Promise<void> {
  const status = workbench.page.locator('#status\\.editor\\.selection');
  await workbench.eventually(`the cursor in line ${line}`, async () =>
    (await status.innerText()).trim().startsWith(`Ln ${line},`),
  );
}

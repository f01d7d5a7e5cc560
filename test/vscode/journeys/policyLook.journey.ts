import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { contrastOf } from '../support/contrast.ts';
import { defineJourney } from '../support/journey.ts';
import { badgeOf, languageStatus, pictureOf, policyFile, quickPick, rowOf } from '../support/policy-view.ts';
import { chooseTheme, themes, type Theme } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

const deep = 'src/departments/accounting/reconciliation/quarterly/and-one-more-folder-for-good-measure';
const long = `${deep}/statement-of-everything-that-was-ever-paid-to-anybody.component.specification.ts`;

const rules = [
  { id: 'payments', files: ['/src/payments/', '/src/billing/'], reach: 'device', reason: 'Contract with the bank' },
  { id: 'accounting-and-everything-that-belongs-to-it', files: [`/${deep}/`], reach: 'device', owner: 'Accounting' },
  { id: 'customers', files: ['/customers/', '*.csv'], reach: 'none' },
];
const policyOf = (some: readonly object[]): string =>
  JSON.stringify({ version: 1, reach: 'cloud', rules: some }, undefined, 2);

/** The policy in every theme, in a narrow window, with long names, and where there is none. */
export const journey = defineJourney({
  name: 'policyLook',
  prepare: async () => {
    const ollama = await startFakeOllama({ models: [{ name: 'qwen2.5-coder:7b', size: 4_700_000_000 }] });
    return {
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'editor.minimap.enabled': false,
        'explorer.compactFolders': true,
      },
      files: { [policyFile]: policyOf(rules), [long]: 'export {};\n' },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'a loosening waits, so that there is something to look at': async (workbench) => {
      await workbench.command('Explorer: Focus on Folders View');
      await badgeOf(workbench, '.env', '⌂');
      await writeFile(
        path.join(workbench.workspace, policyFile),
        policyOf([{ ...rules[0], reach: 'perimeter' }, ...rules.slice(2)]),
      );
      await workbench.waitForStatus('policyPending', /held back \(3\)/);
      await workbench.command('Notifications: Clear All Notifications');
    },
    light: (workbench) => look(workbench, { theme: themes.light, contrast: 4.5 }),
    dark: (workbench) => look(workbench, { theme: themes.dark, contrast: 4.5 }),
    'dark, high contrast': (workbench) => look(workbench, { theme: themes.contrast, contrast: 7 }),
    'light, high contrast': (workbench) => look(workbench, { theme: themes['contrast-light'], contrast: 7 }),
    'a narrow window': async (workbench) => {
      await chooseTheme(workbench, themes.dark);
      await workbench.openFile(long);
      await workbench.press('ControlOrMeta+b');
      await workbench.press('ControlOrMeta+Alt+b');
      await workbench.page.setViewportSize({ width: 620, height: 700 });
      await workbench.command('Ringfence: Explain This File');
      await quickPick(workbench).getByText('accounting-and-everything-that-belongs-to-it → device').first().waitFor();
      await pictureOf(workbench, 'narrow-explain');
      await workbench.press('Escape');
      await workbench.command('Ringfence: Review Policy Changes');
      await quickPick(workbench)
        .getByText(/no longer holds for/)
        .first()
        .click();
      await quickPick(workbench).getByText('Accept it: files may go farther').waitFor();
      await pictureOf(workbench, 'narrow-judge');
      await workbench.press('Escape');
      await workbench.openFile(policyFile);
      await workbench.page
        .locator('.codelens-decoration')
        .getByText(/without a rule/)
        .waitFor();
      await pictureOf(workbench, 'narrow-file');
    },
    'no policy: it is said, and what held goes on holding': async (workbench) => {
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
      await rm(path.join(workbench.workspace, policyFile));
      await workbench.openFile('src/cart.ts');
      await workbench.eventually('the status of the file', () =>
        languageStatus(workbench, /Stays on your organisation's servers.*No policy file/s),
      );
      await workbench.command('Ringfence: Explain This File');
      await quickPick(workbench).getByText('No policy file says how far').first().waitFor();
      await quickPick(workbench)
        .getByText(/Ringfence: Create Policy File/)
        .waitFor();
      await pictureOf(workbench, 'none-explain');
      await workbench.press('Escape');
      await workbench.openFile('src/payments/charge.ts');
      await workbench.eventually('the status of the next file', () =>
        languageStatus(workbench, /Stays on this machine/),
      );
      await workbench.command('Ringfence: Review Policy Changes');
      await quickPick(workbench)
        .getByText(/policy file is gone/)
        .waitFor();
      await pictureOf(workbench, 'none-review');
      await workbench.press('Escape');
    },
  },
});

type Look = { readonly theme: Theme; readonly contrast: number };

/** Everything in one theme: pictures for people, and the contrast of what the policy colours. */
async function look(workbench: Workbench, { theme, contrast }: Look): Promise<void> {
  const { name, shown } = theme;
  await chooseTheme(workbench, theme);
  await workbench.openFile(policyFile);
  await workbench.command('Explorer: Focus on Folders View');
  await badgeOf(workbench, '.env', '⌂');
  await workbench.openFile(policyFile);
  await workbench.page
    .locator('.codelens-decoration')
    .getByText(/without a rule/)
    .waitFor();
  await workbench.eventually('a mark at each change that is held back', async () => {
    const marks = workbench.page.locator('.codelens-decoration').getByText('1 loosening held back');
    return (await marks.count()) === 3;
  });
  const marked = rowOf(workbench, '.env').locator('.label-name');
  await workbench.eventually(
    `marked names with a contrast of ${contrast} in ${name}`,
    async () => (await contrastOf(marked)) >= contrast,
    20_000,
  );
  await pictureOf(workbench, `${shown}-file`);
  await workbench.goTo(9, 12);
  await workbench.command('Show or Focus Hover');
  await workbench.page.locator('.monaco-hover').getByText('The folder src/billing').waitFor();
  await pictureOf(workbench, `${shown}-hover`);
  await workbench.press('Escape');
  await workbench.openFile(long);
  await workbench.command('Ringfence: Explain This File');
  await quickPick(workbench).getByText('accounting-and-everything-that-belongs-to-it → device').first().waitFor();
  await pictureOf(workbench, `${shown}-explain`);
  await workbench.press('Escape');
  await workbench.command('Ringfence: Review Policy Changes');
  await quickPick(workbench).getByText('Accept all 3 changes…').waitFor();
  await pictureOf(workbench, `${shown}-review`);
  await workbench.press('Escape');
}

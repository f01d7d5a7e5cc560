import type { Workbench } from './workbench.ts';

/** Chooses a colour theme by its name in the list, as a person does, and waits until the window has it. */
export async function chooseTheme(workbench: Workbench, { name, shown }: Theme): Promise<void> {
  const { page } = workbench;
  const row = page.locator('.quick-input-list .monaco-list-row.focused').getByText(name, { exact: true }).first();
  // What takes the focus meanwhile closes the list: it is then opened again.
  await workbench.eventually(`the theme ${name} in the list`, async () => {
    await workbench.command('Preferences: Color Theme');
    await page.locator('.quick-input-widget input[type="text"]').fill(name, { timeout: 3_000 });
    await row.waitFor({ timeout: 3_000 });
    return true;
  });
  await workbench.press('Enter');
  await page.waitForSelector(`.monaco-workbench.${shown}`);
}

/** `shown` is the class that the window has then, `body` what tells the body of a web view in it. */
export type Theme = { readonly name: string; readonly shown: string; readonly body: string };

export const themes = {
  light: { name: 'Light 2026', shown: 'vs', body: 'vscode-light' },
  dark: { name: 'Dark 2026', shown: 'vs-dark', body: 'vscode-dark' },
  contrast: {
    name: 'Dark High Contrast',
    shown: 'hc-black',
    body: 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  },
  'contrast-light': { name: 'Light High Contrast', shown: 'hc-light', body: 'vscode-high-contrast-light' },
} as const satisfies Readonly<Record<string, Theme>>;

import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import { pictureOf } from '../support/policy-view.ts';
import { chooseTheme, themes } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

const model = 'qwen2.5-coder:1.5b';

/** A person who has just installed Ringfence, with an Ollama that has no model yet, finds the way by status bar and menu. */
export const journey = defineJourney({
  name: 'first minutes',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [],
      pullable: [
        {
          name: model,
          size: 986_000_000,
          family: 'qwen2',
          capabilities: ['completion', 'insert'],
          layers: [{ digest: `sha256:${'a'.repeat(64)}`, total: 986_000_000 }],
          stepBytes: 100_000_000,
          stepMs: 50,
        },
      ],
      answer: ({ messages }) => (messages.length === 0 ? 'lines.length;' : 'All is well.'),
    });
    return {
      ollama,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'that no installed model completes is told, with what helps': async (workbench) => {
      await workbench.waitForStatus('servedBy', /^Model not installed$/);
      const text = await tooltip(workbench, 'tooltip-no-model');
      assert.match(text, /No installed model completes code\./);
      assert.match(text, /Download qwen2\.5-coder:1\.5b · Show requests · Menu/);
    },
    'until then the engine suggests, and the tooltip says what that is': async (workbench) => {
      await retype(workbench);
      await workbench.waitForGhostText('lines');
      await workbench.waitForStatus('servedBy', /embedded · this machine/);
      const text = await tooltip(workbench, 'tooltip-engine');
      assert.match(text, /embedded is the engine in this editor: it suggests from your own code/);
      assert.match(text, /Download qwen2\.5-coder:1\.5b/);
    },
    'the menu begins with what helps, and does it': async (workbench) => {
      await pick(workbench, /^warning {2}Download qwen2\.5-coder:1\.5b/, 'menu-no-model');
      await workbench.eventually('the model to be there', async () =>
        (await workbench.notifications()).some((text) => text === `${model} is downloaded and ready to use.`),
      );
    },
    'then the model completes where the engine had': async (workbench) => {
      await retype(workbench);
      await workbench.waitForGhostText('lines.length;');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      const text = await tooltip(workbench, 'tooltip-served');
      assert.doesNotMatch(text, /Download|engine in this editor/);
    },
    'the usual key takes a word': async (workbench) => {
      await workbench.press('Control+ArrowRight');
      await workbench.waitForGhostText('.length;');
      await workbench.press('Escape');
    },
    'the status bar says for which files completion is off, and who served the chat meanwhile': async (workbench) => {
      await pick(workbench, /Off for typescript files/);
      await workbench.waitForStatus('servedBy', /^Off for typescript files$/);
      await pictureOf(workbench, 'off');
      await workbench.openFile('README.md');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      await workbench.openFile('src/cart.ts');
      await workbench.command('Ringfence: Ask Ringfence');
      const chat = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]');
      await chat.getByRole('textbox', { name: 'Ask Ringfence' }).fill('How are you?');
      await chat.getByRole('button', { name: 'Send' }).click();
      await workbench.waitForStatus(
        'servedBy',
        /^qwen2\.5-coder:1\.5b · this machine · [\d.]+ m?s · off for typescript files$/,
      );
      await pictureOf(workbench, 'chat-while-off');
      await pick(workbench, /On for typescript files/);
      await workbench.waitForStatus('servedBy', /s$/);
    },
    'a snooze is told with its end, and ended by a command': async (workbench) => {
      await workbench.command('Ringfence: Snooze Completion');
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '5 minutes' }).first().click();
      await workbench.waitForStatus('servedBy', /snoozed until .*\d/i);
      assert.match(await tooltip(workbench, 'tooltip-snoozed'), /Completion is snoozed until .*End the snooze/s);
      await workbench.command('Ringfence: End Snooze');
      await workbench.waitForStatus('servedBy', /ms$|s$/);
    },
    'the walkthrough has all of it in five steps': async (workbench) => {
      const { page } = workbench;
      // Beside a side bar on each side there is no room for the pictures.
      await page.setViewportSize({ width: 1900, height: 900 });
      await workbench.command('Welcome: Open Walkthrough...');
      const input = page.locator('.quick-input-widget input[type="text"]');
      await input.fill('Get Started with Ringfence');
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Ringfence' }).waitFor();
      await workbench.press('Enter');
      const steps = ['Get a model', 'Type, and take what fits', 'Ask about your code', 'See who served'];
      for (const [at, step] of [...steps, 'Say what must stay here'].entries()) {
        const title = page.locator('.getting-started-step .step-title', { hasText: step });
        await title.click();
        await page.locator('.getting-started-step.expanded', { hasText: step }).waitFor();
        await workbench.webviewFrame('svg[viewBox="0 0 560 320"]');
        await pictureOf(workbench, `walkthrough-${at + 1}`);
      }
    },
    'it can be read in every theme': async (workbench) => {
      for (const [name, theme] of Object.entries(themes)) {
        await chooseTheme(workbench, theme);
        await workbench.webviewFrame(`body.${theme.body} svg`);
        await pictureOf(workbench, `walkthrough-${name}`);
      }
    },
  },
});

async function retype(workbench: Workbench): Promise<void> {
  await workbench.goTo(23, 1);
  await workbench.press('Shift+End');
  await workbench.type('  return ');
}

/** What the tooltip of the status bar says. */
async function tooltip(workbench: Workbench, picture: string): Promise<string> {
  const { page } = workbench;
  const hover = page.locator('.workbench-hover', { hasText: 'Ringfence runs on' });
  const text = await workbench.eventually('the tooltip', async () => {
    // A pointer that rests there already opens nothing.
    await page.mouse.move(500, 300);
    await page.locator('[id="ringfence.ringfence.servedBy"]').hover();
    await hover.first().waitFor({ timeout: 5_000 });
    return hover.first().innerText();
  });
  await pictureOf(workbench, picture);
  await page.mouse.move(500, 300);
  await hover.first().waitFor({ state: 'hidden' });
  return text.replaceAll('\u00a0', ' ');
}

async function pick(workbench: Workbench, label: RegExp, picture?: string): Promise<void> {
  await workbench.command('Ringfence: Show Menu');
  const row = workbench.page.locator('.quick-input-list .monaco-list-row');
  const wanted = await workbench.eventually('the entry of the menu', async () => {
    const labels = await row.evaluateAll((rows) => rows.map((each) => each.getAttribute('aria-label') ?? ''));
    const at = labels.findIndex((each) => label.test(each));
    return at === -1 ? undefined : { at };
  });
  if (picture !== undefined) await pictureOf(workbench, picture);
  await row.nth(wanted.at).click();
}

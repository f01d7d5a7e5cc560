import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const base = 'qwen2.5-coder:1.5b-base-q4_K_M';
const instruct = 'qwen2.5-coder:1.5b-instruct-q8_0';

/** A person whose settings name a model that is there under other tags only. */
export const journey = defineJourney({
  name: 'a model under another tag',
  prepare: async () => {
    const code = { size: 986_000_000, family: 'qwen2', capabilities: ['completion', 'insert'] } as const;
    const ollama = await startFakeOllama({
      models: [
        { name: 'llama3.1:8b', size: 4_700_000_000, family: 'llama', capabilities: ['completion'] },
        { name: 'starcoder2:3b', ...code, size: 600_000_000, family: 'starcoder2' },
        { name: base, ...code },
        { name: instruct, ...code, size: 1_600_000_000 },
      ],
      answer: ({ messages }) => (messages.length === 0 ? 'fromTheOther();' : 'All is well.'),
    });
    return {
      ollama,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.model': 'ollama/qwen2.5-coder:1.5b-base',
        'ringfence.chat.model': 'ollama/qwen2.5-coder:1.5b',
      },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'the one that is installed is offered for completion, and not taken': async (workbench, { ollama }) => {
      await workbench.eventually('the models to be listed', () =>
        ollama.requests.some(({ path, outcome }) => path === '/api/tags' && outcome === 'done'),
      );
      await askForCode(workbench);
      await workbench.eventually('the offer', async () =>
        (await workbench.notifications()).some((text) =>
          text.includes(`qwen2.5-coder:1.5b-base is not installed, but ${base} is. Meanwhile starcoder2:3b completes.`),
        ),
      );
      await workbench.waitForGhostText('fromTheOther();', 60_000);
      await workbench.waitForStatus('servedBy', /starcoder2:3b · this machine/);
      await workbench.screenshot('offer');
    },
    'it completes once the user says so': async (workbench) => {
      await workbench.page.getByRole('button', { name: `Use ${base}` }).click();
      await askForCode(workbench);
      await workbench.waitForGhostText('fromTheOther();', 60_000);
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b-base-q4_K_M · this machine/);
      await workbench.press('Escape');
    },
    'the chat offers the one that can answer, before the first question': async (workbench) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
      await panel.getByText(`qwen2.5-coder:1.5b is not installed, but ${instruct} is.`).waitFor();
      await workbench.screenshot('chat');
      await panel.getByRole('button', { name: `Use ${instruct}` }).click();
      await panel.getByRole('button', { name: new RegExp(`Model: ${instruct}, this machine`) }).waitFor();
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill('How are you?');
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel.getByRole('log').getByText('All is well.').waitFor();
    },
    'the list shows what can complete first, why the others cannot, and the way to more': async (workbench) => {
      await workbench.command('Ringfence: Select Completion Model');
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      const names = ['starcoder2:3b', base, instruct, 'llama3.1:8b', 'Download a model…', 'None in particular'];
      await rows.nth(5).waitFor();
      await workbench.screenshot('list');
      const texts = await rows.allInnerTexts();
      assert.deepEqual(
        texts.map((text) => names.find((name) => text.includes(name))),
        names,
      );
      assert.match(texts[3] ?? '', /was not trained to fill in code/);
      await workbench.press('Escape');
    },
  },
});

/** Types the blank behind `return` anew and asks for what comes there. */
async function askForCode(workbench: Workbench): Promise<void> {
  await workbench.goTo(23, 10);
  await workbench.press('Backspace');
  await workbench.type(' ');
  await workbench.command('Ringfence: Suggest Now');
}

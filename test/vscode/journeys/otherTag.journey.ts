import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

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
        { name: base, ...code },
        { name: instruct, ...code, size: 1_600_000_000 },
      ],
      completions: [{ after: 'return ', text: 'fromTheOther();' }],
      answer: () => 'All is well.',
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
      await workbench.goTo(23, 10);
      await workbench.type(' ');
      await workbench.command('Ringfence: Suggest Now');
      await workbench.eventually('the offer', async () =>
        (await workbench.notifications()).some((text) =>
          text.includes(`qwen2.5-coder:1.5b-base is not installed, but ${base} is.`),
        ),
      );
      await workbench.screenshot('offer');
      assert.ok(!ollama.requests.some(({ path }) => path === '/api/generate'), 'another model was asked');
    },
    'it completes once the user says so': async (workbench) => {
      await workbench.page.getByRole('button', { name: `Use ${base}` }).click();
      await workbench.goTo(23, 10);
      await workbench.type(' ');
      await workbench.command('Ringfence: Suggest Now');
      await workbench.waitForGhostText('fromTheOther();', 60_000);
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b-base-q4_K_M/);
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
    'the list shows what can complete first, and why the others cannot': async (workbench) => {
      await workbench.command('Ringfence: Select Completion Model');
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await rows.nth(2).waitFor();
      await workbench.screenshot('list');
      const texts = await rows.allInnerTexts();
      assert.deepEqual(
        texts.map((text) => [base, instruct, 'llama3.1:8b'].find((name) => text.includes(name))),
        [base, instruct, 'llama3.1:8b'],
      );
      assert.match(texts[2] ?? '', /was not trained to fill in code/);
      await workbench.press('Escape');
    },
  },
});

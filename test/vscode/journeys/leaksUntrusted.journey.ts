import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';

/** Restricted Mode: models on this machine serve, and nothing goes anywhere else, whatever the settings say. */
export const journey = defineJourney({
  name: 'leaksUntrusted',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [{ name: 'qwen2.5-coder:1.5b', size: 986_000_000, capabilities: ['completion', 'insert'] }],
      completions: [{ after: 'return ', text: 'lines.length;' }],
    });
    const cloud = await startFakeOpenAI({ models: [{ id: 'far' }] });
    return {
      ollama,
      cloud,
      trust: true,
      settings: {
        'ringfence.backends': [
          { id: 'ollama', kind: 'ollama', url: ollama.url },
          { id: 'far', kind: 'custom', url: cloud.baseURL },
        ],
        'ringfence.chat.model': 'far/far',
      },
      open: 'src/cart.ts',
      stop: async () => void (await Promise.all([ollama.stop(), cloud.stop()])),
    };
  },
  steps: {
    'a cloud model is refused, and nothing is sent (vector 154)': async (workbench, { cloud }) => {
      await workbench.page.keyboard.press('Escape');
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await workbench.webviewFrame('textarea');
      await panel.locator('textarea').fill('May I?');
      await panel.locator('textarea').press('Enter');
      await panel
        .getByText(/not trusted/)
        .first()
        .waitFor();
      await workbench.screenshot('refused');
      assert.equal(cloud.requests.length, 0);
    },
    'completion goes on from this machine': async (workbench) => {
      await workbench.goTo(23, 10);
      await workbench.press('Backspace');
      await workbench.type(' ');
      await workbench.waitForGhostText('lines.length');
      await workbench.screenshot('local');
    },
  },
});

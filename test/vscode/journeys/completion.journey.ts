import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

/** A person opens a file, types, sees ghost text and takes it; the status bar says who served it. */
export const journey = defineJourney({
  name: 'completion',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        {
          name: 'qwen2.5-coder:1.5b',
          size: 986_000_000,
          family: 'qwen2',
          capabilities: ['completion', 'insert'],
        },
      ],
      completions: [{ after: 'return ', text: 'lines.length;' }],
      tokenMs: 5,
    });
    return {
      ollama,
      settings: { 'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }] },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'ghost text appears and Tab accepts it': async (workbench, { ollama }) => {
      await workbench.goTo(23, 10);
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path }) => path === '/api/tags'),
      );
      await workbench.press('Backspace');
      await workbench.type(' ');
      await workbench.waitForGhostText('lines.length');
      await workbench.screenshot('ghost');
      await workbench.press('Tab');
      assert.match(await workbench.saveAndRead('src/cart.ts'), /return\s+lines\.length;/);
    },
    'the status bar names the model, the machine and the time': async (workbench) => {
      const { label } = await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine · \d+ ms/);
      assert.match(label, /nothing left this machine/);
      await workbench.screenshot('served');
    },
  },
});

import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

/** The picture of the README: ghost text, an answer in the panel, and the status bar that says who served it. */
export const journey = defineJourney({
  name: 'readme',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: 'qwen2.5-coder:1.5b', size: 986_000_000, capabilities: ['completion', 'insert'], loaded: true },
        { name: 'qwen2.5-coder:7b', size: 4_680_000_000, loaded: true },
      ],
      completions: [{ after: 'return ', text: 'lines.reduce((sum, line) => sum + line.count, 0);' }],
      chatAnswer:
        'It adds a book to the cart. A book that is there already is counted up instead:\n\n```ts\n{ ...line, count: line.count + 1 }\n```\n\nThe cart itself is never changed.',
    });
    return {
      ollama,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'editor.minimap.enabled': false,
      },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'the panel answers and the editor suggests': async (workbench) => {
      await workbench.command('Ringfence: Attach File to Chat');
      const chat = await workbench.webviewFrame('textarea');
      await chat.locator('textarea').fill('What does addBook do?');
      await chat.locator('textarea').press('Enter');
      await chat.locator('text=never changed').waitFor();
      await workbench.goTo(23, 10);
      await workbench.press('Backspace');
      await workbench.type(' ');
      await workbench.waitForGhostText('lines.reduce');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      await workbench.screenshot('working');
    },
  },
});

import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

const cell = (source: string, type = 'code') => ({
  cell_type: type,
  metadata: {},
  source: [source],
  ...(type === 'code' && { execution_count: null, outputs: [] }),
});

const notebook = {
  cells: [
    cell('import pandas as pd\nsales = pd.read_csv("sales.csv")'),
    cell('## By region', 'markdown'),
    cell('by_region = '),
    cell('by_region.plot()'),
  ],
  metadata: { language_info: { name: 'python' }, kernelspec: { display_name: 'Python 3', name: 'python3' } },
  nbformat: 4,
  nbformat_minor: 5,
};

/** A person writes in a notebook: the model is told of the cells above and below. */
export const journey = defineJourney({
  name: 'completion in a notebook',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: 'qwen2.5-coder:1.5b', size: 986_000_000, family: 'qwen2', capabilities: ['completion', 'insert'] },
      ],
      completions: [
        { after: 'by_region =', text: ' sales.groupby("region").sum()' },
        { after: 'by_region = ', text: 'sales.groupby("region").sum()' },
      ],
      tokenMs: 5,
    });
    return {
      ollama,
      settings: { 'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }] },
      files: { 'report.ipynb': JSON.stringify(notebook) },
      stop: ollama.stop,
    };
  },
  steps: {
    'a cell is completed from the cells around it': async (workbench, { ollama }) => {
      const { page } = workbench;
      await workbench.press('ControlOrMeta+P');
      await page.keyboard.insertText('report.ipynb');
      await page.waitForTimeout(1_000);
      await workbench.press('Enter');
      const line = page.locator('.notebookOverlay .view-line', { hasText: 'by_region =' }).first();
      await line.waitFor({ timeout: 60_000 });
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path }) => path === '/api/tags'),
      );
      await line.click();
      await workbench.press('End');
      await workbench.press('Backspace');
      await workbench.type(' ');
      await workbench.waitForGhostText('sales.groupby("region").sum()');
      await workbench.screenshot('ghost');
    },
    'the model was told of the code above and below, not of the prose': async (_workbench, { ollama }) => {
      const prompts = ollama.requests
        .filter(({ path }) => path === '/api/generate')
        .map(({ body }) => JSON.stringify(body));
      const last = prompts.at(-1) ?? '';
      assert.match(last, /read_csv/);
      assert.match(last, /by_region\.plot/);
      assert.doesNotMatch(last, /By region/);
    },
  },
});

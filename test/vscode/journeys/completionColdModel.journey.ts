import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

const handlers = ['open', 'close', 'rename', 'remove', 'share', 'lock'].map(
  (name) => `export function ${name}(id: string): void {
  const record = registry.require(id);
  registry.audit(record, '${name}');
  registry.save(record);
}
`,
);

/** A model that has to be loaded first: meanwhile the code itself completes, and then the model takes over. */
export const journey = defineJourney({
  name: 'completion, cold model',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        {
          name: 'qwen2.5-coder:1.5b',
          size: 986_000_000,
          family: 'qwen2',
          capabilities: ['completion', 'insert'],
          loadMs: 25_000,
        },
      ],
      completions: [
        { after: 'const record = reg', text: 'isterAnew(id);' },
        { after: 'const copy = ', text: 'fromTheModel();' },
      ],
      tokenMs: 5,
    });
    return {
      ollama,
      settings: { 'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }] },
      files: {
        'src/handlers.ts': `import { registry } from './registry.ts';\n\n${handlers.join('\n')}\nexport function archive(id: string): void {\n`,
      },
      open: 'src/handlers.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'a line that the file has often is suggested while the model is being loaded': async (workbench, { ollama }) => {
      await workbench.eventually('the model to be asked for', () =>
        ollama.requests.some(({ path }) => path === '/api/generate'),
      );
      await workbench.press('ControlOrMeta+End');
      await workbench.type('  const record');
      await workbench.waitForGhostText('registry.require(');
      assert.equal(ollama.counters().loads, 0, 'the model has been loaded meanwhile');
      await workbench.screenshot('ghost');
    },
    'the status bar says that the engine served it': async (workbench) => {
      await workbench.waitForStatus('servedBy', /embedded · this machine/);
      await workbench.screenshot('served');
    },
    'typed on, and others wished for, it stays until the model has something else to say for just there': async (
      workbench,
      { ollama },
    ) => {
      await workbench.type(' = reg');
      await workbench.waitForGhostText('istry.require(');
      await workbench.command('Ringfence: Suggest Now');
      await workbench.waitForGhostText('istry.require(');
      await workbench.press('Alt+]');
      await workbench.page.waitForTimeout(1_000);
      await workbench.waitForGhostText('istry.require(');
      assert.equal(ollama.counters().loads, 0, 'the model has been loaded meanwhile');
      await workbench.waitForGhostText('isterAnew(id);', 60_000);
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      await workbench.screenshot('instead');
      await workbench.press('Tab');
    },
    'the model answers the next line at once': async (workbench) => {
      await workbench.press('End');
      await workbench.press('Enter');
      await workbench.type('const copy = ');
      await workbench.waitForGhostText('fromTheModel();');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
    },
  },
});

import { defineJourney } from '../support/journey.ts';

const handlers = ['open', 'close', 'rename', 'remove', 'share', 'lock'].map(
  (name) => `export function ${name}(id: string): void {
  const record = registry.require(id);
  registry.audit(record, '${name}');
  registry.save(record);
}
`,
);

/** No model server at all: the code itself completes, and the status bar says so. */
export const journey = defineJourney({
  name: 'embedded',
  prepare: async () => ({
    settings: { 'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:9' }] },
    files: {
      'src/handlers.ts': `import { registry } from './registry.ts';\n\n${handlers.join('\n')}\nexport function archive(id: string): void {\n`,
    },
    open: 'src/handlers.ts',
  }),
  steps: {
    'a line that the file has often is suggested, without any server': async (workbench) => {
      await workbench.waitForStatus('servedBy', /not running|does not answer|Ollama/);
      await workbench.press('ControlOrMeta+End');
      await workbench.type('  const record');
      await workbench.waitForGhostText('registry.require(');
      await workbench.screenshot('ghost');
      await workbench.press('Tab');
      await workbench.eventually('the suggestion to be taken', async () =>
        (await workbench.saveAndRead('src/handlers.ts'))
          .split('archive')[1]
          ?.includes('const record = registry.require('),
      );
    },
    'the status bar says that the engine served it': async (workbench) => {
      await workbench.waitForStatus('servedBy', /embedded · this machine/);
      await workbench.screenshot('served');
    },
  },
});

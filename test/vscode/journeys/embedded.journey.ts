import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

const handlers = ['open', 'close', 'rename', 'remove', 'share', 'lock'].map(
  (name) => `export function ${name}(id: string): void {
  const record = registry.require(id);
  registry.audit(record, '${name}');
  registry.save(record);
}
`,
);

/** No model server at first: the code itself completes, and the status bar says so. A server that comes later takes over. */
export const journey = defineJourney({
  name: 'embedded',
  prepare: async () => {
    const gone = await startFakeOllama();
    await gone.stop();
    const later: { ollama?: FakeOllama } = {};
    return {
      port: gone.port,
      later,
      settings: { 'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: gone.url }] },
      files: {
        'src/handlers.ts': `import { registry } from './registry.ts';\n\n${handlers.join('\n')}\nexport function archive(id: string): void {\n`,
      },
      open: 'src/handlers.ts',
      stop: async () => later.ollama?.stop(),
    };
  },
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
    'a server that is started later takes over, and the chat knows of it': async (workbench, { later, port }) => {
      const chat = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]');
      await chat.getByText(/Ollama is not running/).waitFor();
      later.ollama = await startFakeOllama({
        port,
        models: [
          { name: 'qwen2.5-coder:1.5b', size: 986_000_000, family: 'qwen2', capabilities: ['completion', 'insert'] },
        ],
        completions: [{ after: 'const copy = ', text: 'fromTheModel();' }],
      });
      await workbench.press('End');
      await workbench.press('Enter');
      await workbench.type('const copy = ');
      await workbench.eventually('ghost text of the model', async () => {
        // A server that was not there is looked for as one types.
        await workbench.press('Backspace');
        await workbench.type(' ');
        return (await workbench.waitForGhostText('fromTheModel();', 1_000)) !== '';
      });
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      await chat.getByText(/Ollama is not running/).waitFor({ state: 'detached' });
      await workbench.screenshot('server-later');
    },
  },
});

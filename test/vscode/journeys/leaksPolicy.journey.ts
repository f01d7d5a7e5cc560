import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const policy = (rules: readonly object[]): string => JSON.stringify({ version: 1, reach: 'cloud', rules });
const payments = { id: 'payments', files: ['/src/payments/'], reach: 'device' };

/**
 * A cloud model completes, one on this machine stands by, and the policy changes while files are open. What the cloud
 * received is read from a recording server.
 */
export const journey = defineJourney({
  name: 'leaksPolicy',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [{ name: 'qwen2.5-coder:1.5b', size: 986_000_000, capabilities: ['completion', 'insert'] }],
      completions: [{ after: 'return ', text: 'nearAnswer;' }],
    });
    const cloud = await startFakeOpenAI({
      models: [{ id: 'qwen2.5-coder-far' }],
      completions: [{ after: 'return ', text: 'farAnswer;' }],
      answer: ({ suffix }) => (suffix === undefined ? 'Answered from afar.' : 'farAnswer;'),
    });
    return {
      ollama,
      cloud,
      settings: {
        'ringfence.backends': [
          { id: 'ollama', kind: 'ollama', url: ollama.url },
          { id: 'far', kind: 'custom', url: cloud.baseURL },
        ],
        'ringfence.chat.model': 'far/qwen2.5-coder-far',
        'ringfence.completion.model': 'far/qwen2.5-coder-far',
        'ringfence.completion.nearerModel': 'ollama/qwen2.5-coder:1.5b',
        'ringfence.completion.embedded': false,
      },
      files: { '.ringfence.jsonc': policy([payments]) },
      open: 'src/cart.ts',
      stop: async () => void (await Promise.all([ollama.stop(), cloud.stop()])),
    };
  },
  steps: {
    'a file without a rule is completed from the cloud, so that the recorder proves something': async (
      workbench,
      { cloud },
    ) => {
      await workbench.goTo(23, 10);
      await workbench.eventually('the cloud to be asked', async () => {
        await workbench.press('Backspace');
        await workbench.type(' ');
        return cloud.saw('What the whole cart costs');
      });
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder-far/);
      await workbench.screenshot('far');
    },
    'a file under a rule is completed from this machine': async (workbench, { cloud, ollama }) => {
      await workbench.openFile('src/payments/charge.ts');
      await workbench.goTo(7, 2);
      await workbench.type('\n\nfunction rest() {\n  return ');
      await workbench.waitForGhostText('nearAnswer');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine/);
      await workbench.screenshot('near');
      assert.ok(ollama.saw('CANARY_PAYMENTS_FILE'), 'the model here did not see the file');
      assert.ok(!cloud.saw('CANARY_PAYMENTS_FILE'), 'the file left this machine');
    },
    'a link to .env is held like .env': async (workbench, { cloud }) => {
      await symlink('.env', path.join(workbench.workspace, 'notes.txt'));
      // Quick Open finds a new file late, but lists at once what was open before.
      const row = workbench.page.locator('.explorer-folders-view').getByText('notes.txt');
      await row.dblclick({ timeout: 90_000 });
      await workbench.page.locator('.tab.active', { hasText: 'notes.txt' }).waitFor();
      await askWithFile(workbench, 'notes.txt', { question: 'What does the link lead to?', cloud });
      assert.ok(!cloud.saw('CANARY_ENV_BANK_KEY'), 'the linked file left this machine');
    },
    'a rule that is written while its file is open holds at once': async (workbench, { cloud }) => {
      await workbench.openFile('src/book.ts');
      const book = { id: 'book', files: ['/src/book.ts'], reach: 'device' };
      await writeFile(path.join(workbench.workspace, '.ringfence.jsonc'), policy([payments, book]));
      await askWithFile(workbench, 'src/book.ts', { question: 'What is this book?', cloud });
      assert.ok(!cloud.saw('check digit of an ISBN-13'), 'the file left this machine');
    },
    'a policy with an error: local only, and it says so': async (workbench, { cloud, ollama }) => {
      await writeFile(path.join(workbench.workspace, '.ringfence.jsonc'), '{ "version": 1, "reach": "cloud",');
      await workbench.waitForStatus('servedBy', /Local only · policy error/);
      const [far, near] = [cloud.requests.length, generations(ollama)];
      await workbench.openFile('src/cart.ts');
      await workbench.goTo(18, 1);
      await workbench.type('\nfunction more() {\n  return ');
      await workbench.eventually('the model here to be asked', () => generations(ollama) > near);
      await workbench.screenshot('error');
      assert.equal(cloud.requests.length, far, 'something was sent under a policy with an error');
      assert.ok(!cloud.saw('function more'));
    },
  },
});

/**
 * Attaches the open file, asks, sees it held back, and sends the rest. A policy that is being read again refuses the question
 * for a moment; it is then asked once more, as its words say.
 */
async function askWithFile(workbench: Workbench, file: string, { question, cloud }: Question): Promise<void> {
  await workbench.eventually('the file to be held back', async () => {
    await workbench.command('Ringfence: New Chat');
    await workbench.openFile(file);
    await workbench.command('Ringfence: Attach File to Chat');
    const panel = await workbench.webviewFrame('textarea');
    await panel.getByRole('group', { name: 'Attachments' }).waitFor();
    await panel.locator('textarea').fill(question);
    await panel.locator('textarea').press('Enter');
    await panel.getByRole('group', { name: 'Parts held back' }).waitFor({ timeout: 8_000 });
    return true;
  });
  assert.ok(!cloud.saw(question), 'something was sent before the user chose');
  await workbench.screenshot(`held-${path.basename(file)}`);
  const panel = await workbench.webviewFrame('textarea');
  await panel.getByRole('button', { name: 'Send without them' }).click();
  await panel.getByText('Answered from afar.').waitFor();
  assert.ok(cloud.saw(question), 'the question did not arrive');
}

type Question = { readonly question: string; readonly cloud: { readonly saw: (text: string) => boolean } };

function generations({ requests }: { readonly requests: readonly { readonly path: string }[] }): number {
  return requests.filter(({ path: route }) => route === '/api/generate').length;
}

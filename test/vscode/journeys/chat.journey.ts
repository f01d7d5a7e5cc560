import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const local = 'qwen2.5-coder:7b';
const secret = 'CANARY_ENV_BANK_KEY';

/**
 * A person asks in the side panel, attaches a file that stays on this machine, changes to a model in the cloud and sees what
 * is held back. What the cloud received is read from a recording server.
 */
export const journey = defineJourney({
  name: 'chat',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: local, size: 4_700_000_000, family: 'qwen2', parameterSize: '7.6B', capabilities: ['completion'] },
      ],
      answer: ({ prompt }) => answerTo(prompt),
      tokenMs: 15,
    });
    const cloud = await startFakeOpenAI({ models: [{ id: 'far-model' }], answer: () => 'Answered from **afar**.' });
    return {
      ollama,
      cloud,
      settings: {
        'ringfence.backends': [
          { id: 'ollama', kind: 'ollama', url: ollama.url },
          { id: 'far', kind: 'custom', url: cloud.baseURL },
        ],
        'ringfence.chat.model': `ollama/${local}`,
      },
      open: 'src/cart.ts',
      stop: async () => {
        await Promise.all([ollama.stop(), cloud.stop()]);
      },
    };
  },
  steps: {
    'an empty chat says where an answer would be made': async (workbench) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: new RegExp(`Model: ${local}, this machine`) }).waitFor();
      await panel.getByText('Nothing leaves it.').waitFor();
      await workbench.screenshot('empty');
    },
    'a question with the current file is answered in the panel, with who served it': async (workbench, { ollama }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: 'Attach' }).click();
      await panel.getByRole('option', { name: /Current file/ }).click();
      await panel.getByRole('group', { name: 'Attachments' }).getByText('src/cart.ts').waitFor();
      await ask(panel, 'How do I add two numbers?');
      await panel.getByText(/qwen2\.5-coder:7b · .+ · .+ tokens/).waitFor();
      await panel.locator('.code .hljs-keyword').first().waitFor();
      assert.equal(await panel.getByRole('log').getByText('How do I add two numbers?').count(), 1);
      assert.ok(ollama.saw('What the whole cart costs'), 'the file went along');
      await workbench.screenshot('answer');
    },
    'code goes where the cursor is': async (workbench) => {
      const panel = await panelOf(workbench);
      await workbench.openFile('README.md');
      await workbench.goTo(1, 1);
      await panel.getByRole('button', { name: 'Insert at cursor' }).first().click();
      await workbench.eventually('the code in the file', async () =>
        (await workbench.saveAndRead('README.md')).includes('const sum = one + two;'),
      );
    },
    'an answer stops when it is told to': async (workbench) => {
      const panel = await panelOf(workbench);
      await write(panel, 'Tell me a long story.');
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel.getByText('Once upon').waitFor();
      await panel.getByRole('button', { name: 'Stop' }).click();
      await panel.getByRole('log').getByText('Stopped.').waitFor();
      await panel.getByRole('button', { name: 'Send' }).waitFor();
    },
    'a new chat is empty and the old one is among the earlier ones': async (workbench) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: 'New chat' }).click();
      await panel.getByText('Ask about your code').waitFor();
      await panel.getByRole('button', { name: 'Earlier chats' }).click();
      await panel.getByRole('option', { name: /How do I add two numbers/ }).waitFor();
      await panel.getByPlaceholder('Earlier chats').press('Escape');
    },
    'a file under a rule is attached by its name, with its reach': async (workbench, { ollama }) => {
      const panel = await panelOf(workbench);
      await write(panel, 'Explain @.env');
      await panel.getByRole('option', { name: /^\.env/ }).waitFor();
      await workbench.screenshot('mention');
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).press('Enter');
      await panel.getByRole('group', { name: 'Attachments' }).getByText('stays on this machine').first().waitFor();
      await workbench.screenshot('attached');
      await ask(panel, 'Explain this configuration.');
      await panel.getByRole('log').getByText('stays on this machine').last().waitFor();
      assert.ok(ollama.saw(secret), 'the file went to the local model');
    },
    'what may not go to the cloud is held back and named, and nothing is sent': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await chooseModel(panel, 'far-model');
      await write(panel, 'And what would you change?');
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel.getByRole('group', { name: 'Parts held back' }).waitFor();
      await panel.getByText('Nothing has been sent.').waitFor();
      await workbench.screenshot('withheld');
      assert.equal(chats(cloud), 0);
    },
    'the rest goes when the user says so': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: 'Send without them' }).click();
      await panel.getByText('Answered from afar.').waitFor();
      await panel.getByText(/parts were left out/).waitFor();
      await workbench.screenshot('without');
      assert.equal(chats(cloud), 1);
      assert.ok(!cloud.saw(secret), 'the secret stayed');
      assert.ok(cloud.saw('And what would you change?'), 'the question went');
    },
    'a file without a rule does go, so that the recorder proves something': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await workbench.openFile('src/book.ts');
      await panel.getByRole('button', { name: 'Attach' }).click();
      await panel.getByRole('option', { name: /Current file/ }).click();
      await ask(panel, 'What is this?');
      assert.ok(cloud.saw('src/book.ts'));
      assert.ok(!cloud.saw(secret));
    },
    'the chat is there after a reload, and so are its labels': async (workbench, { cloud }) => {
      const before = chats(cloud);
      await workbench.page.reload();
      await workbench.page.waitForSelector('[id^="ringfence.ringfence."]', { state: 'attached', timeout: 120_000 });
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await panelOf(workbench);
      await panel.getByRole('log').getByText('Explain this configuration.').waitFor();
      await panel.getByRole('button', { name: 'Attach' }).click();
      await panel.getByRole('option', { name: /Another file/ }).click();
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).pressSequentially('.env');
      await panel.getByRole('option', { name: /^\.env/ }).click();
      await write(panel, 'Once more.');
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel.getByRole('group', { name: 'Parts held back' }).waitFor();
      await workbench.screenshot('reloaded');
      assert.equal(chats(cloud), before);
      assert.ok(!cloud.saw(secret));
    },
    'it stays local when the user says so': async (workbench, { cloud, ollama }) => {
      const panel = await panelOf(workbench);
      const before = ollama.requests.filter(({ path }) => path === '/api/chat').length;
      await panel.getByRole('button', { name: /^Stay local/ }).click();
      await workbench.eventually(
        'the local model to be asked',
        () => ollama.requests.filter(({ path }) => path === '/api/chat').length > before,
      );
      await panel.getByRole('button', { name: 'Send' }).waitFor();
      assert.ok(!cloud.saw(secret));
    },
  },
});

function panelOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
}

async function write(panel: Frame, text: string): Promise<void> {
  const box = panel.getByRole('textbox', { name: 'Ask Ringfence' });
  await box.fill('');
  await box.pressSequentially(text, { delay: 10 });
}

/** Asks and waits for the end of the answer. */
async function ask(panel: Frame, text: string): Promise<void> {
  const answered = await panel.locator('.answer .answer-tools').count();
  await write(panel, text);
  await panel.getByRole('textbox', { name: 'Ask Ringfence' }).press('Enter');
  await panel.locator('.answer .answer-tools').nth(answered).waitFor();
}

async function chooseModel(panel: Frame, name: string): Promise<void> {
  await panel.getByRole('button', { name: /^Model:/ }).click();
  await panel.getByRole('option', { name: new RegExp(name) }).click();
  await panel.getByRole('button', { name: new RegExp(`Model: ${name}, cloud`) }).waitFor();
}

function chats({ requests }: { readonly requests: readonly { readonly path: string }[] }): number {
  return requests.filter(({ path }) => path.endsWith('/chat/completions')).length;
}

function answerTo(prompt: string): string {
  if (prompt.includes('long story')) return `Once upon ${'a time there was a parser that '.repeat(400)}`;
  return 'Add them:\n\n```typescript\nconst sum = one + two;\n```\n\nThat is **all**.';
}

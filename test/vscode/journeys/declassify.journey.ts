import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const local = 'qwen2.5-coder:7b';
const held = 'CANARY_PAYMENTS_FILE';
const never = 'CANARY_ENV_BANK_KEY';

/**
 * A person sends a part that a rule keeps on this machine after all: sees the exact text, agrees once, and is asked again the
 * next time. Then a copy of a file that nobody may send is pasted, and the local server goes away.
 */
export const journey = defineJourney({
  name: 'declassify',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: local, size: 4_700_000_000, family: 'qwen2', parameterSize: '7.6B', capabilities: ['completion'] },
      ],
      answer: () => 'Answered from nearby.',
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
        'ringfence.chat.model': 'far/far-model',
      },
      open: 'src/payments/charge.ts',
      stop: async () => {
        await Promise.all([ollama.stop(), cloud.stop()]);
      },
    };
  },
  steps: {
    'a relay on this machine says why it counts as the cloud, and leads to the setting': async (workbench) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: /^Model: far-model, cloud/ }).click();
      await panel.getByRole('option', { name: /May forward: counts as the cloud/ }).waitFor();
      await workbench.screenshot('relay');
      await panel.getByPlaceholder('Choose a model').press('Escape');
    },
    'a part under a rule of the team is held back': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: 'Attach' }).click();
      await panel.getByRole('option', { name: /Current file/ }).click();
      await panel.getByRole('group', { name: 'Attachments' }).getByText('charge.ts').first().waitFor();
      await ask(panel, 'What does this cost?');
      await panel.getByRole('group', { name: 'Parts held back' }).waitFor();
      assert.equal(chats(cloud), 0);
    },
    'the first act shows the exact text and where it would go, and sends nothing': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: /^Send .*charge\.ts after all/ }).click();
      const preview = panel.getByRole('group', { name: 'Exact preview' });
      await preview.getByText(held).waitFor();
      await preview
        .getByText(new RegExp(new URL(cloud.url).host))
        .first()
        .waitFor();
      await preview
        .getByText(/rule payments/)
        .first()
        .waitFor();
      const shown = await preview.getByRole('region').innerText();
      assert.ok(shown.endsWith('return Math.ceil((cents * feePerMille) / 1000);\n}\n'), 'all of it');
      await workbench.screenshot('preview');
      assert.equal(chats(cloud), 0);
      assert.ok(!cloud.saw(held));
    },
    'it can be kept after all': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: 'Keep it here' }).click();
      await panel.getByRole('group', { name: 'Exact preview' }).waitFor({ state: 'detached' });
      assert.equal(chats(cloud), 0);
    },
    'the second act sends it, once': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: /^Send .*charge\.ts after all/ }).click();
      await panel.getByRole('button', { name: `Send exactly this to ${new URL(cloud.url).host}` }).click();
      await panel.getByText('Answered from afar.').waitFor();
      assert.equal(chats(cloud), 1);
      assert.ok(cloud.saw(held));
      await panel.locator('.answer').last().getByText('stays on this machine').first().waitFor();
      await workbench.screenshot('sent');
    },
    'the next question is held back again': async (workbench, { cloud }) => {
      const panel = await panelOf(workbench);
      await ask(panel, 'And in euros?');
      await panel.getByRole('group', { name: 'Parts held back' }).waitFor();
      assert.equal(chats(cloud), 1);
      await panel.getByRole('button', { name: 'New chat' }).click();
    },
    'a copy of a file that nobody may send is known where it is pasted': async (workbench, { cloud }) => {
      await workbench.openFile('.env');
      await workbench.press('ControlOrMeta+a');
      await workbench.press('ControlOrMeta+c');
      const panel = await panelOf(workbench);
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).click();
      await workbench.press('ControlOrMeta+v');
      await panel.getByRole('group', { name: 'Attachments' }).getByText('pasted from .env').first().waitFor();
      await workbench.screenshot('pasted');
      await workbench.press('Enter');
      await panel
        .getByText(/may not leave this machine/)
        .first()
        .waitFor();
      assert.equal(await panel.getByRole('button', { name: /after all/ }).count(), 0);
      assert.equal(chats(cloud), 1);
      assert.ok(!cloud.saw(never));
      await panel.getByRole('button', { name: 'New chat' }).click();
    },
    'when the local server is down, the model in the cloud is offered and not asked': async (
      workbench,
      { ollama, cloud },
    ) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('button', { name: /^Model:/ }).click();
      await panel.getByRole('option', { name: new RegExp(local) }).click();
      await panel.getByRole('button', { name: new RegExp(`Model: ${local}, this machine`) }).waitFor();
      await ollama.stop();
      await ask(panel, 'Are you there?');
      await panel.getByRole('button', { name: 'Ask far-model in the cloud instead' }).waitFor();
      await workbench.screenshot('outage');
      assert.equal(chats(cloud), 1);
      await panel.getByRole('button', { name: 'Ask far-model in the cloud instead' }).click();
      await panel.getByText('Answered from afar.').waitFor();
      assert.equal(chats(cloud), 2);
    },
  },
});

function panelOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
}

async function ask(panel: Frame, text: string): Promise<void> {
  await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill(text);
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
}

function chats({ requests }: { readonly requests: readonly { readonly path: string }[] }): number {
  return requests.filter(({ path }) => path.endsWith('/chat/completions')).length;
}

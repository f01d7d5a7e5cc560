import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';
import { readability } from '../support/readability.ts';
import { chooseTheme, themes } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

const longName = 'hf.co/somebody-with-a-long-name/DeepSeek-Coder-V2-Lite-Instruct-GGUF:Q4_K_M';

/** Someone new to Ringfence, without a policy and without a manual, in every theme and in a panel as narrow as it gets. */
export const journey = defineJourney({
  name: 'chat looks',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: 'qwen2.5-coder:7b', size: 4_700_000_000, parameterSize: '7.6B', capabilities: ['completion'] },
        { name: longName, size: 2_700_000_000, parameterSize: '3.1B', capabilities: ['completion'] },
      ],
      answer: () => ({ thinking: 'Let me think about the cart. '.repeat(10), text: answer }),
      tokenMs: 1,
    });
    const cloud = await startFakeOpenAI({ models: [{ id: 'far-model' }] });
    return {
      open: 'src/cart.ts',
      files: { '.ringfence.jsonc': null },
      settings: {
        'ringfence.backends': [
          { id: 'ollama', kind: 'ollama', url: ollama.url },
          { id: 'far', kind: 'custom', url: cloud.baseURL },
        ],
      },
      stop: async () => {
        await Promise.all([ollama.stop(), cloud.stop()]);
      },
    };
  },
  stepTimeout: 240_000,
  steps: {
    'a workspace that is opened for the first time shows the chat, and the editor keeps the focus': async (
      workbench,
    ) => {
      const panel = await panelOf(workbench);
      await panel.getByText('Nothing leaves it.').waitFor();
      assert.equal(await panel.evaluate('document.hasFocus()'), false);
      await look(workbench, 'empty');
    },
    'the list of models says what keeps a server out, and helps': async (workbench) => {
      const panel = await panelOf(workbench);
      await look(workbench, 'models', async () => {
        await openModels(panel);
        await panel.getByRole('option', { name: 'Create policy' }).waitFor();
      });
      await openModels(panel);
      await panel.getByRole('option', { name: 'Create policy' }).click();
      await workbench.page.locator('.tab.active', { hasText: '.ringfence.jsonc' }).waitFor();
      await openModels(panel);
      await panel.getByRole('option', { name: /far-model/ }).waitFor();
      await panel.getByRole('option', { name: /^qwen2/ }).click();
    },
    'an answer with code, a table and a long link stays within the panel': async (workbench) => {
      const panel = await panelOf(workbench);
      await question(panel).fill('Explain @.env');
      await question(panel).pressSequentially(' @.env', { delay: 10 });
      await panel.getByRole('option', { name: /^\.env/ }).click();
      await panel.getByRole('group', { name: 'Attachments' }).getByText('.env').first().waitFor();
      await look(workbench, 'attached');
      await question(panel).press('Enter');
      await panel.locator('.answer .answer-tools').waitFor();
      await panel.getByText(/qwen2\.5-coder:7b · .+ tokens/).waitFor();
      await look(workbench, 'answer');
    },
  },
});

/**
 * Takes a picture of the panel in each theme and in a narrow one, and fails where something is hard to read there. `open`
 * brings back what closes when the focus goes elsewhere.
 */
async function look(workbench: Workbench, name: string, open?: () => Promise<void>): Promise<void> {
  const problems: string[] = [];
  for (const [short, theme] of Object.entries(themes)) {
    await chooseTheme(workbench, theme);
    await open?.();
    problems.push(...(await problemsOf(workbench, `${name}-${short}`)));
  }
  const edge = await panelEdge(workbench);
  await drag(workbench, edge, edge + 150);
  await open?.();
  problems.push(...(await problemsOf(workbench, `${name}-narrow`)));
  await drag(workbench, await panelEdge(workbench), edge);
  assert.deepEqual(problems, []);
}

/** Takes a picture and tells what is hard to read on it. */
async function problemsOf(workbench: Workbench, picture: string): Promise<readonly string[]> {
  const panel = await panelOf(workbench);
  // Colours may still be on their way from one theme to the next.
  await workbench
    .eventually('a panel that is easy to read', async () => (await readability(panel)).length === 0, 3_000)
    .catch(() => undefined);
  await workbench.screenshot(picture);
  return (await readability(panel)).map((problem) => `${picture}: ${problem}`);
}

/** Where the left edge of the secondary side bar can be dragged. */
async function panelEdge({ page }: Workbench): Promise<number> {
  const box = await page.locator('.part.auxiliarybar').boundingBox();
  assert.ok(box, 'the secondary side bar is open');
  return box.x - 1;
}

async function drag({ page }: Workbench, from: number, to: number): Promise<void> {
  await page.mouse.move(from, 300);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, 300);
  await page.mouse.move(to, 300);
  await page.mouse.up();
}

async function openModels(panel: Frame): Promise<void> {
  await panel.getByRole('button', { name: /^Model:/ }).click();
}

function question(panel: Frame) {
  return panel.getByRole('textbox', { name: 'Ask Ringfence' });
}

function panelOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]');
}

const answer = `Add them with **+**, see [the guide](https://example.com/a/very/long/path/that/does/not/end):

1. Take \`one\`
2. Add \`two\`

\`\`\`typescript
// A comment that is longer than any narrow panel could ever show on one line without scrolling
const sum: number = one + two; // "text"
export function add(one: number, two: number): number { return one + two; }
\`\`\`

| name | meaning |
|---|---|
| one | the first |
| a_very_long_identifier_in_a_table | the second |

> A quote.`;

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import { pictureOf } from '../support/policy-view.ts';
import { chooseTheme, themes } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

const statements = 'packages/bookkeeping-and-accounting/src/modules/statements/exporters/monthlyStatements.ts';
const order = `import { totalCents, type Line } from './cart.ts';
import { monthlyStatement } from '../${statements}';

/** An order is a cart that somebody has paid for. */
export interface Order {
  readonly lines: readonly Line[];
  readonly paidAt: Date;
}

/** What the statement of a month says of an order. */
export function describeOrder(order: Order): string {
  const statement = monthlyStatement(order.paidAt, totalCents(order.lines));
  return 
}
`;
const files = {
  'src/order.ts': order,
  [statements]: `/** One line of the statement that customers get at the end of a month. */
export function monthlyStatement(date: Date, cents: number): string {
  const month = date.toLocaleString('en', { month: 'long' });
  return \`\${month}: \${(cents / 100).toFixed(2)}\`;
}
`,
  '.ringfence.jsonc': JSON.stringify({
    version: 1,
    reach: 'cloud',
    rules: [{ id: 'payments', files: ['/src/payments/'], reach: 'none', reason: 'Keys of the bank.' }],
  }),
};
/** A person asks why a suggestion came, looks at what was sent for it, and then asks why there is none. */
export const journey = defineJourney({
  name: 'why',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: 'qwen2.5-coder:1.5b', size: 986_000_000, family: 'qwen2', capabilities: ['completion', 'insert'] },
      ],
      completions: [{ after: 'return ', text: 'statement.trim();' }],
      tokenMs: 5,
    });
    return {
      ollama,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.embedded': false,
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      },
      files,
      open: 'src/order.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'before anything was asked the view says so': async (workbench) => {
      const view = await openView(workbench);
      await view.getByText('Nothing has been asked yet').waitFor();
      await workbench.screenshot('empty');
      await closeView(workbench);
    },
    'it says who served, how far each part may go and by which way the suggestion came': async (
      workbench,
      { ollama },
    ) => {
      await workbench.openFile(statements);
      await workbench.openFile('src/order.ts');
      await workbench.goTo(13, 10);
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path: asked }) => asked === '/api/tags'),
      );
      // What helps of other files is chosen at rest, and the prompt with it read ahead.
      await workbench.eventually('the other file to be read ahead', () =>
        ollama.requests.some(({ body }) => /toLocaleString[^]*describeOrder/.test(JSON.stringify(body))),
      );
      await workbench.press('Backspace');
      await workbench.type(' ');
      await workbench.waitForGhostText('statement.trim');
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b/);
      const view = await openView(workbench);
      await view.getByText(/^Shown .* after the key$/).waitFor();
      await view.locator('.served', { hasText: /qwen2\.5-coder:1\.5b.*this machine/ }).waitFor();
      await view.getByRole('row', { name: /src\/order\.ts:1-13/ }).waitFor();
      await view.getByRole('row', { name: /monthlyStatements\.ts/ }).waitFor();
      await view.getByRole('img', { name: /^The prompt: / }).waitFor();
      await view.getByRole('img', { name: /^Time: Wait/ }).waitFor();
      await view.getByText(/Ollama .* answers at 127\.0\.0\.1/).waitFor();
      assert.equal(await view.locator('script').count(), 0);
      assert.ok(!(await view.content()).includes('toLocaleString'), 'the text is not laid open unasked');
      await workbench.screenshot('shown');
    },
    'the exact text is laid open on request, and closed again': async (workbench) => {
      await (await viewOf(workbench)).getByRole('link', { name: 'Show the text' }).click();
      const open = await workbench.webviewFrame('pre', 60_000);
      await open.locator('summary', { hasText: 'monthlyStatements.ts' }).click();
      await open.getByText('toLocaleString').waitFor();
      await open.getByText('The exact text').scrollIntoViewIfNeeded();
      await workbench.screenshot('text');
      await open.getByRole('link', { name: 'Hide the text' }).click();
      await workbench.eventually('the text to be gone', async () => {
        const view = await viewOf(workbench);
        return !(await view.content()).includes('toLocaleString');
      });
    },
    'a copy for others holds names and sizes, and no text': async (workbench) => {
      await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await (await viewOf(workbench)).getByRole('link', { name: 'Copy as Markdown' }).click();
      const copy = await workbench.eventually('the copy', async () => {
        const text = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
        return text.startsWith('# Why this suggestion?') ? text : undefined;
      });
      assert.match(copy, /\| `src\/order\.ts:1-13` \| sent \|/);
      assert.match(copy, /`qwen2\.5-coder:1\.5b`/);
      for (const word of ['toLocaleString', 'describeOrder', 'trim']) assert.ok(!copy.includes(word), word);
    },
    'it can be read in every theme, and in a narrow column': async (workbench) => {
      for (const [name, theme] of Object.entries(themes)) {
        await chooseTheme(workbench, theme);
        await workbench.webviewFrame(`body.${theme.body} .tiles`);
        await workbench.screenshot(name);
        const view = await viewOf(workbench);
        await view.getByText('Your last 7 days').scrollIntoViewIfNeeded();
        await workbench.screenshot(`${name}-below`);
        await view.getByRole('link', { name: 'Refresh' }).scrollIntoViewIfNeeded();
      }
      const size = workbench.page.viewportSize() ?? { width: 1280, height: 800 };
      // As narrow as the editor lets a column be; narrower than that it cuts the column itself.
      await workbench.page.setViewportSize({ width: 880, height: size.height });
      const view = await viewOf(workbench);
      const { room, width } = await view.evaluate(() => {
        const { clientWidth, scrollWidth } = Reflect.get(globalThis, 'document').documentElement;
        return { room: clientWidth, width: scrollWidth };
      });
      assert.ok(room < 300, `a column of ${room} px is not narrow`);
      assert.ok(width <= room, `the page of ${width} px does not fit into its column of ${room} px`);
      await workbench.screenshot('narrow');
      await workbench.page.setViewportSize(size);
    },
    'typing on needs no request, and the view says so': async (workbench, { ollama }) => {
      const asked = (): number => ollama.requests.filter(({ path: to }) => to === '/api/generate').length;
      await closeView(workbench);
      await workbench.press('End');
      const before = asked();
      await workbench.type('st');
      await workbench.waitForGhostText('atement.trim');
      assert.equal(asked(), before);
      const view = await openView(workbench);
      await view.getByText(/You are typing or taking what was suggested before/).waitFor();
      await workbench.screenshot('typed');
      await closeView(workbench);
    },
    'what was taken is counted, and what the server kept is shown': async (workbench) => {
      await workbench.type('a');
      await workbench.waitForGhostText('tement.trim');
      await workbench.press('Tab');
      await workbench.press('Enter');
      await workbench.type('return ');
      await workbench.waitForGhostText('statement.trim');
      const view = await openView(workbench);
      await view.getByText(/kept from before \((?:[5-9]\d|100) %\)/).waitFor();
      await view.locator('.tiles div', { hasText: /^Accepted\s*1/ }).waitFor();
      await workbench.screenshot('kept');
      await closeView(workbench);
    },
    'a file that no model may see is explained by its rule': async (workbench) => {
      await workbench.openFile('src/payments/charge.ts');
      await workbench.goTo(7, 2);
      await workbench.type('\n\nfunction rest() {\n  return ');
      const view = await viewThatSays(workbench, /was sent nothing/, () => workbench.type(' '));
      await view
        .getByRole('row', { name: /payments\/charge\.ts.*held back.*Rule payments/ })
        .first()
        .waitFor();
      await workbench.screenshot('refused');
      await closeView(workbench);
    },
    'a switch of the workspace is named, and the menu turns it where it stands': async (workbench) => {
      await workbench.openFile('src/order.ts');
      const file = path.join(workbench.workspace, '.vscode', 'settings.json');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, '{ "ringfence.completion.enabled": false }');
      await viewThatSays(workbench, /Completion is switched off in this workspace's settings\./);
      await workbench.screenshot('off');
      await closeView(workbench);
      await pick(workbench, /Switch completion on, changes this workspace's settings/, 'menu');
      await workbench.eventually('the setting of the workspace', async () =>
        /"ringfence\.completion\.enabled": true/.test(await readFile(file, 'utf8')),
      );
    },
    'one file is left out by the menu, and taken in again': async (workbench) => {
      const file = path.join(workbench.workspace, '.vscode', 'settings.json');
      await pick(workbench, /Off for this file/);
      await workbench.eventually('the pattern of the file', async () =>
        (await readFile(file, 'utf8')).includes('"/src/order.ts"'),
      );
      await viewThatSays(workbench, /leave this file out: it matches "\/src\/order\.ts"/);
      await closeView(workbench);
      await pick(workbench, /On for this file/);
      await workbench.eventually(
        'the pattern to be gone',
        async () => !(await readFile(file, 'utf8')).includes('/src/order.ts'),
      );
    },
    'a snooze keeps suggestions away, and the view says so': async (workbench) => {
      await pick(workbench, /^Snooze…|Snooze…$/);
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '5 minutes' }).first().click();
      await viewThatSays(workbench, /Completion is snoozed\./);
      await closeView(workbench);
      await pick(workbench, /End the snooze/);
    },
    'a server that is gone is told of': async (workbench, { ollama }) => {
      await ollama.stop();
      await workbench.goTo(3, 1);
      await workbench.type('//');
      await viewThatSays(workbench, /did not answer/, () => workbench.type(' a'));
      await workbench.screenshot('gone');
      await closeView(workbench);
    },
  },
});

async function openView(workbench: Workbench): Promise<Frame> {
  await workbench.command('Ringfence: Why This Suggestion?');
  return viewOf(workbench);
}

/** Acts and looks until the view says it: settings and answers arrive when they arrive. Leaves the view open. */
function viewThatSays(workbench: Workbench, words: RegExp, act = async (): Promise<void> => undefined): Promise<Frame> {
  return workbench.eventually(`the view to say ${words}`, async () => {
    await act();
    // The editor asks a moment after the last key, and not at all where it has lost the focus by then.
    await workbench.page.waitForTimeout(300);
    const view = await openView(workbench);
    if ((await view.getByText(words).count()) > 0) return view;
    const said = await view.locator('main').innerText();
    await closeView(workbench);
    throw new Error(`it says ${JSON.stringify(said.slice(0, 400))}`);
  });
}

function viewOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('nav[aria-label="View"]', 60_000);
}

/** Back to the code beside it. */
async function closeView(workbench: Workbench): Promise<void> {
  const tab = workbench.page.locator('.tab', { hasText: 'Why This Suggestion?' });
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
  await workbench.command('View: Focus First Editor Group');
}

async function pick(workbench: Workbench, label: RegExp, picture?: string): Promise<void> {
  await workbench.command('Ringfence: Show Menu');
  const row = workbench.page.locator('.quick-input-list .monaco-list-row');
  const wanted = await workbench.eventually('the entry of the menu', async () => {
    const labels = await row.evaluateAll((rows) => rows.map((each) => each.getAttribute('aria-label') ?? ''));
    const at = labels.findIndex((each) => label.test(each));
    return at === -1 ? undefined : at;
  });
  if (picture !== undefined) await pictureOf(workbench, picture);
  await row.nth(wanted).click();
}

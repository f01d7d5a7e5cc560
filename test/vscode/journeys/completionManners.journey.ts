import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { watchGhostText } from '../support/ghost-watch.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const till = `/** What a whole cart costs. */
export function totalCents(lines: readonly number[]): number {
  let sum = 0;
  return lines.length + sum;
}

export function close(lines: readonly number[]): number {
  const first = 
  const second = 
  const third = 
  const fourth = 
  return first + second + third + fourth;
}

export function rest(): number {

}
`;
const clock = `export function tick(now: number): number {
  return now + 1;
}

export const start = tick(0);
`;
const block = 'et gone = 0;\n  gone += 1;\n  return gone;';

function answer(prompt: string): string {
  const [before = ''] = prompt.split('<|fim_suffix|>');
  if (before.endsWith('totalCents')) return '(lines);';
  if (before.endsWith('totalC')) return 'ents(lines);';
  return before.endsWith('  l') ? block : '';
}

function isWarming(body: string): boolean {
  return /"num_predict":1[,}]/.test(body);
}

/** Where suggestions keep out of the way: of the list, of names and snippets that are being filled in, of what is only read. */
export const journey = defineJourney({
  name: 'completion, good manners',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        {
          name: 'qwen2.5-coder:1.5b',
          size: 986_000_000,
          family: 'qwen2',
          capabilities: ['completion', 'insert'],
          loaded: true,
        },
      ],
      answer: ({ prompt }) => answer(prompt),
      tokenMs: 30,
    });
    const sent = (): readonly string[] =>
      ollama.requests.filter(({ path: to }) => to === '/api/generate').map(({ body }) => JSON.stringify(body));
    return {
      ollama,
      sent,
      /** What was asked for behind such a text, to be shown: warming up asks for one token. */
      asked: (before: RegExp) =>
        sent().filter((body) => before.test(body.split('<|fim_suffix|>', 1)[0] ?? '') && !isWarming(body)),
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.embedded': false,
        'ringfence.completion.whileListOpen': false,
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'editor.inlineSuggest.minShowDelay': 2_500,
        'files.readonlyInclude': { 'vendor/**': true },
      },
      files: { 'src/till.ts': till, 'vendor/clock.ts': clock },
      open: 'src/till.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    "what the editor's own setting holds back is asked for at once and shown later": async (
      workbench,
      { sent, asked },
    ) => {
      await workbench.eventually('the file to be read ahead', () => sent().length > 0);
      const watch = await watchGhostText(workbench.page);
      await workbench.goTo(16, 1);
      await workbench.type('  l');
      await workbench.eventually('the model to be asked', () => asked(/\{\\n {2}l$/).length > 0);
      assert.equal(await workbench.ghostText(), '');
      await workbench.waitForGhostText('et gone = 0;');
      const { ghosts, keys } = await watch.seen();
      const last = keys.at(-1) ?? Infinity;
      const first = ghosts.find(({ t, text }) => t > last && text !== '');
      assert.ok(first && first.t - last > 2_400, `shown ${(first?.t ?? last) - last} ms after the key`);
      await workbench.press('Escape');
      await workbench.press('Shift+Home');
      await workbench.press('Shift+Home');
      await workbench.press('Delete');
      await set(workbench, { 'editor.inlineSuggest.minShowDelay': 0 });
    },
    'while completion is snoozed a suggestion comes by hand only': async (workbench, { asked }) => {
      const before = asked(/l$/).length;
      await workbench.command('Ringfence: Snooze Completion');
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: '5 minutes' }).first().click();
      await workbench.waitForStatus('servedBy', /snoozed until/i);
      await workbench.goTo(16, 1);
      await workbench.type('  l');
      await workbench.page.waitForTimeout(600);
      assert.equal(await workbench.ghostText(), '');
      assert.equal(asked(/l$/).length, before);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('et gone = 0;');
      await workbench.screenshot('snoozed-by-hand');
      await workbench.press('Escape');
      await workbench.press('Shift+Home');
      await workbench.press('Shift+Home');
      await workbench.press('Delete');
      await workbench.command('Ringfence: End Snooze');
    },
    "beside the editor's list nothing is asked or shown, where the user wants it so": async (workbench, { asked }) => {
      await workbench.goTo(8, 17);
      await typeIntoList(workbench, 'totalC');
      await workbench.screenshot('list-alone');
      assert.equal(await workbench.ghostText(), '');
      assert.deepEqual(asked(/first = \w+$/), []);
    },
    'the reason is told, with the setting': async (workbench) => {
      await workbench.command('Ringfence: Why This Suggestion?');
      const view = await workbench.webviewFrame('nav[aria-label="View"]', 60_000);
      await view.getByText(/own list was open.*ringfence\.completion\.whileListOpen/).waitFor();
      await workbench.screenshot('list-why');
      await closeView(workbench);
    },
    'by hand a suggestion comes beside the list': async (workbench) => {
      await workbench.goTo(9, 18);
      await typeIntoList(workbench, 'totalC');
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('(lines);');
      assert.ok(await isListOpen(workbench));
      await workbench.screenshot('list-by-hand');
    },
    'when the list is gone a suggestion comes unasked': async (workbench) => {
      await workbench.goTo(10, 17);
      await typeIntoList(workbench, 'totalC');
      await workbench.press('Escape');
      await workbench.waitForGhostText('ents(lines);');
      await workbench.press('Escape');
    },
    'unless told otherwise a suggestion goes on from the item that is selected in the list': async (workbench) => {
      await set(workbench, { 'ringfence.completion.whileListOpen': true });
      await workbench.goTo(11, 18);
      await typeIntoList(workbench, 'totalC');
      await workbench.eventually('ghost text beside the list', async () => {
        if ((await workbench.ghostText()).endsWith('(lines);')) return isListOpen(workbench);
        await workbench.press('Backspace');
        await workbench.type('C');
        await workbench.page.waitForTimeout(1_000);
        return false;
      });
      await workbench.screenshot('list-beside');
      await workbench.press('ArrowDown');
      await workbench.eventually(
        'the ghost text of another item to go',
        async () => (await workbench.ghostText()) === '',
      );
      await workbench.press('ArrowUp');
      await workbench.waitForGhostText('(lines);');
      await workbench.press('Escape');
      await workbench.press('Escape');
    },
    'while a name is changed nothing is asked': async (workbench, { asked }) => {
      await workbench.goTo(3, 10);
      await workbench.press('F2');
      await workbench.page.locator('.rename-input:focus').waitFor();
      // What the editor asked before the box was there has come by then.
      await workbench.page.waitForTimeout(1_500);
      const before = asked(/$/).length;
      await workbench.type('total');
      await workbench.page.waitForTimeout(1_000);
      assert.equal(asked(/$/).length, before);
      await workbench.screenshot('rename');
      await workbench.press('Enter');
      await workbench.eventually('the new name', async () =>
        (await workbench.saveAndRead('src/till.ts')).includes('return lines.length + total;'),
      );
    },
    'while the stops of a snippet are filled in nothing is asked, and behind the last one again': async (
      workbench,
      { asked },
    ) => {
      await workbench.goTo(16, 1);
      await workbench.command('Snippets: Insert Snippet');
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await rows.first().waitFor();
      await workbench.page.keyboard.insertText('forof');
      await rows.filter({ hasText: 'forof' }).first().click();
      await workbench.page.locator('.view-line', { hasText: 'element of object' }).waitFor();
      await workbench.type('line');
      await workbench.page.waitForTimeout(1_000);
      await workbench.press('Tab');
      await workbench.type('pages');
      await workbench.page.waitForTimeout(1_000);
      await workbench.screenshot('snippet');
      assert.deepEqual(asked(/for \(const [^{]*$/), []);
      await workbench.press('Tab');
      await workbench.type('l');
      await workbench.waitForGhostText('et gone = 0;');
    },
    'a file that cannot be edited is not read ahead, and the reason is told': async (workbench, { sent }) => {
      const about = (): readonly string[] => sent().filter((body) => body.includes('export const start'));
      await workbench.openFile('vendor/clock.ts');
      await workbench.goTo(2, 1);
      await workbench.goTo(6, 1);
      await workbench.page.waitForTimeout(1_000);
      await workbench.command('Ringfence: Why This Suggestion?');
      const view = await workbench.webviewFrame('nav[aria-label="View"]', 60_000);
      await view.getByText('This document cannot be edited.').waitFor();
      await workbench.screenshot('read-only');
      await closeView(workbench);
      assert.deepEqual(about(), []);
      await set(workbench, { 'files.readonlyInclude': { 'vendor/**': false } });
      await workbench.eventually('it to be read ahead once it can be edited', async () => {
        await workbench.press('ArrowUp');
        await workbench.page.waitForTimeout(1_000);
        return about().length > 0;
      });
    },
  },
});

/** Settings of the workspace, which count before the user's. */
async function set(workbench: Workbench, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(workbench.workspace, '.vscode', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFile(file, JSON.stringify({ ...before, ...settings }));
}

async function typeIntoList(workbench: Workbench, text: string): Promise<void> {
  await workbench.eventually('the list to be open', async () => {
    await workbench.press('Control+Space');
    return isListOpen(workbench);
  });
  await workbench.type(text);
  // Time for what would be shown to be shown.
  await workbench.page.waitForTimeout(1_000);
}

function isListOpen(workbench: Workbench): Promise<boolean> {
  return workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused').isVisible();
}

/** Back to the code beside it. */
async function closeView(workbench: Workbench): Promise<void> {
  const tab = workbench.page.locator('.tab', { hasText: 'Why This Suggestion?' });
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
  await workbench.command('View: Focus First Editor Group');
}

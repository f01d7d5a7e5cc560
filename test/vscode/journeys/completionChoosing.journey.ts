import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { watchGhostText } from '../support/ghost-watch.ts';
import { defineJourney } from '../support/journey.ts';

const till = `export function close(lines: readonly number[]): number {
  const first = 
  const second = 
  const third = 
  const fourth = 
  const fifth = 
  return first + second + third + fourth + fifth;
}
`;

/** What the model says behind each name at once, and what when it is asked for something else. */
const said: Readonly<Record<string, readonly [string, string]>> = {
  first: ['lines.length;', 'sum(lines);'],
  second: ['lines[0] ?? 0;', 'lines[0] ?? 0;'],
  third: ['lines.at(-1);', 'largest(lines);'],
  fourth: ['lines.indexOf(7);', 'lines.lastIndexOf(7);'],
  fifth: ['Math.max(...lines);', 'largest(lines);'],
};

/** Suggestions that came by command are chosen from as those that came by themselves. */
export const journey = defineJourney({
  name: 'completion, choosing',
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
      answer: ({ prompt, seen }) => {
        const [before = ''] = prompt.split('<|fim_suffix|>');
        const [, name = '', typed = ''] = /const (\w+) = (\w*)$/.exec(before) ?? [];
        const text = said[name]?.[isForOthers(seen.body) ? 1 : 0] ?? '';
        return text.startsWith(typed) ? text.slice(typed.length) : '';
      },
      behaviour: ({ body }) => (isForOthers(body) ? { delayMs: 500 } : undefined),
    });
    return {
      ollama,
      othersAskedFor: () => ollama.requests.filter(({ body }) => isForOthers(body)).length,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.embedded': false,
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      },
      files: { 'src/till.ts': till },
      open: 'src/till.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'after Suggest Now there is another to choose from, and the way back': async (
      workbench,
      { ollama, othersAskedFor },
    ) => {
      await workbench.eventually('the file to be read ahead', () =>
        ollama.requests.some(({ path }) => path === '/api/generate'),
      );
      await workbench.goTo(2, 17);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('lines.length;');
      assert.equal(othersAskedFor(), 0);
      await workbench.press('Alt+]');
      await workbench.waitForGhostText('sum(lines);');
      const asked = othersAskedFor();
      await workbench.press('Alt+[');
      await workbench.waitForGhostText('lines.length;');
      await workbench.press('Alt+[');
      await workbench.waitForGhostText('sum(lines);');
      assert.equal(othersAskedFor(), asked);
      await workbench.press('Tab');
      assert.match(await workbench.saveAndRead('src/till.ts'), /const first = sum\(lines\);/);
    },
    'where nothing else comes, what is shown stays': async (workbench, { othersAskedFor }) => {
      await workbench.goTo(3, 18);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('lines[0] ?? 0;');
      const watch = await watchGhostText(workbench.page);
      const before = othersAskedFor();
      await workbench.press('Alt+]');
      await workbench.eventually('others to be asked for', () => othersAskedFor() > before);
      await workbench.page.waitForTimeout(2_000);
      const { ghosts } = await watch.seen();
      assert.deepEqual(
        ghosts.map(({ text }) => text),
        ['lines[0] ?? 0;'],
      );
    },
    "the arrows of the editor's own hover lead to the others, too": async (workbench) => {
      await workbench.goTo(4, 17);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('lines.at(-1);');
      await workbench.page.locator('.ghost-text, .ghost-text-decoration').first().hover();
      const hints = workbench.page.locator('.inlineSuggestionsHints');
      await hints.getByText('1/2').waitFor();
      await workbench.screenshot('hover');
      await hints.locator('.codicon-inline-suggestion-hints-next').click();
      await workbench.waitForGhostText('largest(lines);');
    },
    'who types on while others are asked for keeps what was shown': async (workbench, { othersAskedFor }) => {
      await workbench.goTo(5, 18);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('lines.indexOf(7);');
      const before = othersAskedFor();
      await workbench.press('Alt+]');
      await workbench.eventually('others to be asked for', () => othersAskedFor() > before);
      await workbench.type('l');
      await workbench.page.waitForTimeout(1_500);
      assert.equal(await workbench.ghostText(), 'ines.indexOf(7);');
      await workbench.press('Alt+]');
      await workbench.waitForGhostText('ines.lastIndexOf(7);');
    },
    'Suggest Now shows one at once after it was waved away, and asks for no others': async (
      workbench,
      { othersAskedFor },
    ) => {
      await workbench.goTo(6, 17);
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('Math.max(...lines);');
      const before = othersAskedFor();
      await workbench.press('Escape');
      await workbench.eventually('it to go', async () => (await workbench.ghostText()) === '');
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('Math.max(...lines);');
      assert.equal(othersAskedFor(), before);
    },
  },
});

function isForOthers(body: unknown): boolean {
  return /"temperature":0\.[1-9]/.test(JSON.stringify(body));
}

import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

const body = 'let total = 0;\n  for (const line of lines) total += line.count;\n  return total;';
const head = 'export function countBooks(lines: readonly Line[]): number {\n  ';

/**
 * A model that knows how the function goes on, and has another idea where it may be freer. What it begins a line with it
 * goes on with when a part of the indentation is there: asked in between, it does not change its mind.
 */
function answer(prompt: string, temperature: number): string {
  const [before = ''] = prompt.split('<|fim_suffix|>');
  const typed = before.slice(before.lastIndexOf(head) + head.length);
  if (temperature > 0) return 'other = 1;';
  if (body.startsWith(typed)) return body.slice(typed.length);
  const [, indentation] = /\n( *)$/.exec(typed) ?? [];
  return indentation === undefined ? 'nothing;' : `${'  '.slice(indentation.length)}indented();`;
}

function temperatureOf(json: unknown): number {
  const found = /"temperature":([\d.]+)/.exec(JSON.stringify(json));
  return Number(found?.[1] ?? 0);
}

/** Warming up evaluates a prompt and asks for one token. */
function isWarming(json: unknown): boolean {
  return JSON.stringify(json).includes('"num_predict":1,') || JSON.stringify(json).includes('"num_predict":1}');
}

/** A person types on through ghost text, takes a word of it, closes brackets, and asks for something else. */
export const journey = defineJourney({
  name: 'completion, used again',
  prepare: async () => {
    const ollama = await startFakeOllama({
      models: [
        { name: 'qwen2.5-coder:1.5b', size: 986_000_000, family: 'qwen2', capabilities: ['completion', 'insert'] },
      ],
      answer: ({ prompt, seen }) => answer(prompt, temperatureOf(seen.body)),
      tokenMs: 5,
    });
    const asked = (): number =>
      ollama.requests.filter(({ path, body: sent }) => path === '/api/generate' && !isWarming(sent)).length;
    return {
      ollama,
      asked,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        // An editor that saves by itself shows no mark of unsaved changes.
        'files.autoSave': 'off',
      },
      open: 'src/cart.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'typing what it says needs no further request': async (workbench, { ollama, asked }) => {
      await workbench.goTo(23, 3);
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path }) => path === '/api/tags'),
      );
      await workbench.press('Shift+End');
      await workbench.press('Delete');
      await workbench.type('l');
      await workbench.waitForGhostText('et total = 0;');
      const before = asked();
      await workbench.type('et tot');
      await workbench.waitForGhostText('al = 0;');
      assert.equal(asked(), before);
    },
    'taking a word leaves the rest': async (workbench, { asked }) => {
      const before = asked();
      await workbench.press('Control+ArrowRight');
      await workbench.waitForGhostText('= 0;');
      await workbench.screenshot('word');
      assert.equal(asked(), before);
    },
    'the next line is there on Enter': async (workbench, { asked }) => {
      const before = asked();
      const rest = await workbench.waitForGhostText('= 0;');
      await workbench.type(/^ ?= 0;/.exec(rest)?.[0] ?? '');
      await workbench.press('Enter');
      await workbench.waitForGhostText('for (const line of lines)');
      assert.equal(asked(), before);
    },
    'brackets that the editor closes are taken over': async (workbench) => {
      await workbench.type('for (const line');
      await workbench.waitForGhostText('of lines');
      await workbench.eventually('the block to be taken', async () => {
        // Ghost text may be drawn anew between the look and the key.
        if ((await workbench.ghostText()).includes('of lines')) await workbench.press('Tab');
        return (await workbench.saveAndRead('src/cart.ts')).includes(head + body);
      });
    },
    'asking again brings another idea': async (workbench) => {
      await workbench.press('End');
      await workbench.press('Enter');
      await workbench.type('let ');
      await workbench.waitForGhostText('nothing;');
      await workbench.press('Alt+]');
      await workbench.waitForGhostText('other = 1;');
      await workbench.screenshot('other');
    },
    'Tab indents a line that is not indented yet, and takes the suggestion after that': async (workbench) => {
      await workbench.press('Escape');
      await workbench.press('End');
      await workbench.press('Enter');
      await workbench.press('Shift+Tab');
      await workbench.waitForGhostText('  indented();');
      await workbench.press('Tab');
      await workbench.eventually('the ghost text to stand behind the indentation', async () =>
        (await workbench.ghostText()).startsWith('indented();'),
      );
      assert.doesNotMatch(await workbench.saveAndRead('src/cart.ts'), /indented/);
      await workbench.eventually('the suggestion to be taken', async () => {
        // Ghost text may be drawn anew between the look and the key.
        if ((await workbench.ghostText()).startsWith('indented();')) await workbench.press('Tab');
        return /\n {2,}indented\(\);/.test(await workbench.saveAndRead('src/cart.ts'));
      });
    },
  },
});

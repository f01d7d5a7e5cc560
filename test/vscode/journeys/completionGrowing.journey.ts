import assert from 'node:assert/strict';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';

const body = `let gone = 0;
  for (const line of lines) {
    gone += line;
  }
  gone += 1;
  return gone;`;
const before = 'export function totalCents(lines: readonly number[]): number {\n';

function answer(prompt: string, json: unknown): string {
  if (/"temperature":0\.[1-9]/.test(JSON.stringify(json)))
    return prompt.includes('le<|fim_suffix|>') ? 't other = 1;' : 'et other = 1;';
  const [text = ''] = prompt.split('<|fim_suffix|>');
  const typed = text.slice(text.lastIndexOf(before) + before.length).replace(/^ {0,2}/, '');
  if (typed.endsWith('if (lines.length === 0) {\n    ')) return '';
  if (typed.startsWith('i')) return 'if (lines.length === 0) {\n    return 0;\n  }\n  return 1;'.slice(typed.length);
  return body.startsWith(typed) ? `${body.slice(typed.length)}\n}\n` : '';
}

/** A model slower than its reader: its first line is shown at once, and the block is added to it. */
export const journey = defineJourney({
  name: 'completion, growing',
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
      answer: ({ prompt, seen }) => answer(prompt, seen.body),
      tokenMs: 100,
    });
    return {
      ollama,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.embedded': false,
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      },
      files: Object.fromEntries(['unasked', 'byHand', 'closed'].map((name) => [`src/${name}.ts`, `${before}  \n}\n`])),
      open: 'src/unasked.ts',
      stop: ollama.stop,
    };
  },
  steps: {
    'its first line is there while it speaks, and the rest of the block once it has spoken': async (
      workbench,
      { ollama },
    ) => {
      await workbench.eventually('the file to be read ahead', () =>
        ollama.requests.some(({ path }) => path === '/api/generate'),
      );
      await workbench.goTo(2, 3);
      await workbench.type('l');
      const first = await workbench.waitForGhostText('et gone = 0;');
      assert.doesNotMatch(first, /return gone/);
      await workbench.waitForGhostText('return gone;');
      await workbench.screenshot('whole');
    },
    'the status bar names who served it, though it was stopped there': async (workbench) => {
      await workbench.waitForStatus('servedBy', /qwen2\.5-coder:1\.5b · this machine · /);
    },
    'there is another to choose from': async (workbench) => {
      await workbench.press('Alt+]');
      await workbench.waitForGhostText('other = 1;');
    },
    'the same by hand': async (workbench) => {
      await workbench.openFile('src/byHand.ts');
      await workbench.goTo(2, 3);
      await workbench.type('le');
      await workbench.press('Escape');
      await workbench.press('Alt+\\');
      await workbench.waitForGhostText('t gone = 0;');
      await workbench.waitForGhostText('return gone;');
      await workbench.press('Alt+]');
      await workbench.waitForGhostText('other = 1;');
    },
    'a block that the editor has closed meanwhile is not closed twice': async (workbench) => {
      await workbench.openFile('src/closed.ts');
      await workbench.goTo(2, 3);
      await workbench.type('i');
      await workbench.waitForGhostText('f (lines.length === 0) {');
      await workbench.type('f (lines.length === 0) {');
      await workbench.press('Enter');
      await workbench.waitForGhostText('return 0;');
      await workbench.eventually('the line to be taken', async () => {
        // Ghost text may be drawn anew between the look and the key.
        if ((await workbench.ghostText()).startsWith('return 0;')) await workbench.press('Tab');
        return (await workbench.saveAndRead('src/closed.ts')).includes('return 0;');
      });
      const text = await workbench.saveAndRead('src/closed.ts');
      assert.equal(text.split('{').length, text.split('}').length, text);
    },
  },
});

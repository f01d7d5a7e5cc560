import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ollamaFailures } from '../../support/fake-ollama/failures.ts';
import type { OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import type { Workbench } from '../support/workbench.ts';

const block = 'let gone = 0;\n  gone += 1;\n  return gone;';
const head = 'export function f(): number {\n  ';
const hidden = '"\u001b[31m\u202ered\u202c\u0000 👩‍👩‍👧";';

const policy = (rules: readonly object[]): string => JSON.stringify({ version: 1, reach: 'device', rules });

function answer(prompt: string): string {
  const [before = ''] = prompt.split('<|fim_suffix|>');
  const typed = before.slice(before.lastIndexOf(head) + head.length);
  if (before.includes(head) && block.startsWith(typed)) return `${block.slice(typed.length)}\n`;
  if (/const odd = +$/.test(before)) return hidden;
  if (/const slow = +$/.test(before)) return 'one + two + three + four + five + six + seven;';
  return / = +$/.test(before) ? 'value();' : '';
}

/** What goes wrong around a user who types on, all of it in one window, with keys that pass through another extension. */
export const journey = defineJourney({
  name: 'completion, bad days',
  prepare: async () => {
    const day: { mood: OllamaBehaviour } = { mood: {} };
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
      defaultContext: 8192,
      answer: ({ prompt }) => answer(prompt),
      behaviour: ({ path: to }) => (to === '/api/generate' ? day.mood : undefined),
    });
    const asked = () =>
      ollama.requests.filter(({ path: to, body }) => to === '/api/generate' && !isWarming(JSON.stringify(body)));
    return {
      ollama,
      day,
      asked,
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'ringfence.completion.embedded': false,
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'files.eol': '\n',
      },
      files: {
        '.ringfence.jsonc': policy([]),
        'src/dos.ts': `${head}\n}\n`.replaceAll('\n', '\r\n'),
        'src/busy.ts': 'export {};\n\n\n',
        'src/stay.ts': 'export {};\n\n\n',
      },
      open: 'src/dos.ts',
      beside: 'test/vscode/typist',
      stop: ollama.stop,
    };
  },
  steps: {
    'a file with other line ends gets a block with its own, and is typed on without another request': async (
      workbench,
      { asked },
    ) => {
      await workbench.goTo(2, 3);
      await firstGhost(workbench, 'l', 'return gone;');
      const before = asked().length;
      await workbench.type('et g');
      await workbench.waitForGhostText('one = 0;');
      assert.equal(asked().length, before);
      await workbench.eventually('the block to be taken', async () => {
        if ((await workbench.ghostText()).includes('return gone;')) await workbench.press('Tab');
        return (await workbench.saveAndRead('src/dos.ts')).includes('return gone;');
      });
      const text = await workbench.saveAndRead('src/dos.ts');
      assert.equal(text, `${head}${block}\n}\n`.replaceAll('\n', '\r\n'));
    },
    'signs that nobody sees are not put into the file': async (workbench) => {
      await workbench.openFile('src/busy.ts');
      await workbench.goTo(2, 1);
      await workbench.type('const odd = ');
      await workbench.waitForGhostText('"red 👩‍👩‍👧";');
      await workbench.press('Tab');
      await workbench.eventually('it to be taken', async () =>
        (await workbench.saveAndRead('src/busy.ts')).includes('const odd = "red 👩‍👩‍👧";'),
      );
    },
    'a busy server is left alone, told of where nobody is disturbed, and asked again once it is well': async (
      workbench,
      { day, asked },
    ) => {
      const before = asked().length;
      day.mood = { failure: ollamaFailures.busy };
      await workbench.press('Enter');
      await workbench.type('const first = ');
      await workbench.eventually('it to be asked', () => asked().length > before);
      await workbench.waitForStatus('servedBy', /busy/);
      for (let line = 0; line < 4; line++) await workbench.type(`1;\nconst line${line} = `);
      assert.ok(asked().length - before <= 4, `${asked().length - before} requests`);
      assert.equal(await workbench.ghostText(), '');
      assert.deepEqual(await workbench.notifications(), []);
      day.mood = {};
      await firstGhost(workbench, ' ', 'value();');
      await workbench.press('Escape');
      assert.match(await workbench.saveAndRead('src/busy.ts'), /"red 👩‍👩‍👧";\nconst first = 1;\nconst line0 = 1;\n/);
    },
    'what is under way when completion is switched off is stopped, and nothing of it is shown': async (
      workbench,
      { day, asked },
    ) => {
      await workbench.openFile('src/stay.ts');
      await workbench.goTo(2, 1);
      day.mood = { tokenMs: 1_500 };
      await typeSlow(workbench, asked);
      await set(workbench, { 'ringfence.completion.enabled': false });
      await stopped(workbench, asked);
      day.mood = {};
      const before = asked().length;
      await workbench.type('x');
      // Keys on their way through the other extension are overtaken by Backspace, which is a command.
      await workbench.page.locator('.view-line', { hasText: /slow\s=\sx/ }).waitFor();
      await workbench.press('Backspace');
      await workbench.page.waitForTimeout(600);
      assert.equal(asked().length, before);
      assert.equal(await workbench.ghostText(), '');
      await set(workbench, { 'ringfence.completion.enabled': true });
      await firstGhost(workbench, ' ', 'one + two');
      await workbench.press('Escape');
    },
    'so is what is under way when a policy comes that keeps the file': async (workbench, { day, asked }) => {
      day.mood = { tokenMs: 1_500 };
      await workbench.press('Enter');
      await typeSlow(workbench, asked);
      const rule = { id: 'stay', files: ['/src/stay.ts'], reach: 'none' };
      await writeFile(path.join(workbench.workspace, '.ringfence.jsonc'), policy([rule]));
      await stopped(workbench, asked);
      assert.equal(await workbench.ghostText(), '');
      day.mood = {};
      const before = asked().length;
      await workbench.type('\nconst more = ');
      await workbench.page.waitForTimeout(600);
      assert.equal(asked().length, before);
      assert.equal(await workbench.ghostText(), '');
      await workbench.screenshot('kept');
    },
    'five thousand lines that come into the file from outside make no storm': async (workbench, { asked }) => {
      await workbench.openFile('src/busy.ts');
      const text = await readFile(path.join(workbench.workspace, 'src/busy.ts'), 'utf8');
      const before = asked().length;
      const lines = Array.from({ length: 5_000 }, (_, line) => `come${line}();\n`);
      await writeFile(path.join(workbench.workspace, 'src/busy.ts'), text + lines.join(''));
      await workbench.eventually('them to be shown', async () => {
        await workbench.press('ControlOrMeta+End');
        return (await workbench.page.locator('.view-line', { hasText: 'come4999' }).count()) > 0;
      });
      await workbench.type('const after = ');
      await workbench.waitForGhostText('value();');
      assert.ok(asked().length - before <= 15, `${asked().length - before} requests`);
    },
    'five hundred files that change at once are no one’s concern at the next key': async (workbench, { asked }) => {
      await workbench.press('Escape');
      const before = asked().length;
      const folder = path.join(workbench.workspace, 'src', 'many');
      await mkdir(folder, { recursive: true });
      const file = (at: number): string => path.join(folder, `m${at}.ts`);
      await Promise.all(Array.from({ length: 500 }, (_, at) => writeFile(file(at), `export const m${at} = ${at};\n`)));
      await workbench.type('1;\nconst next = ');
      await workbench.waitForGhostText('value();');
      assert.ok(asked().length - before <= 10, `${asked().length - before} requests`);
      await workbench.press('Escape');
    },
    'several cursors ask nothing': async (workbench, { asked }) => {
      await workbench.goTo(1, 1);
      await workbench.command('Add Cursor Below');
      await workbench.command('Add Cursor Below');
      const before = asked().length;
      await workbench.type('cursor = ');
      const typed = workbench.page.locator('.view-line', { hasText: 'cursor' });
      await workbench.eventually('it to be typed three times', async () => (await typed.count()) === 3);
      await workbench.page.waitForTimeout(600);
      assert.equal(asked().length, before);
      assert.equal(await workbench.ghostText(), '');
    },
    // One that is given up may still be there when the next one comes.
    'all the time no more than two requests were at the server, and nobody was disturbed': async (
      workbench,
      { ollama },
    ) => {
      assert.ok(ollama.counters().peakOutstanding <= 2, `${ollama.counters().peakOutstanding} at once`);
      assert.deepEqual(await workbench.notifications(), []);
    },
  },
});

function isWarming(body: string): boolean {
  return /"num_predict":1[,}]/.test(body);
}

type Asked = () => readonly { readonly outcome: string; readonly tokens: number }[];

/** Types a key until there is ghost text: the first may come before the extension listens, or while it leaves a server alone. */
async function firstGhost(workbench: Workbench, key: string, part: string): Promise<void> {
  await workbench.eventually(`ghost text ${part}`, async () => {
    await workbench.type(key);
    for (let turn = 0; turn < 20; turn++) {
      await workbench.page.waitForTimeout(100);
      if ((await workbench.ghostText()).includes(part)) return true;
    }
    await workbench.press('Backspace');
    return false;
  });
}

async function typeSlow(workbench: Workbench, asked: Asked): Promise<void> {
  await workbench.type('const slow = ');
  await workbench.eventually('the model to be at it', () => {
    const last = asked().at(-1);
    return last?.outcome === 'open' && last.tokens > 0;
  });
}

async function stopped(workbench: Workbench, asked: Asked): Promise<void> {
  await workbench.eventually('it to be stopped', () => asked().every(({ outcome }) => outcome !== 'open'));
  assert.equal(asked().at(-1)?.outcome, 'cancelled');
}

/** Settings of the workspace, which count before the user's. */
async function set(workbench: Workbench, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = path.join(workbench.workspace, '.vscode', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  const before: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFile(file, JSON.stringify({ ...Object(before), ...settings }));
}

import assert from 'node:assert/strict';
import { withSelectedItem } from '../../../src/core/completion/selectedItem.ts';
import { startRecorder } from '../../support/recorder.ts';
import type { Play } from '../play.ts';
import { read } from '../stage/documents.ts';
import { expectSeen, uniqueWord } from '../stage/expect.ts';
import { choosePieces } from '../stage/pieces.ts';
import { modelIn, startLocal } from '../stage/servers.ts';
import { createStage } from '../stage/stage.ts';
import { behind, startWriting } from '../stage/writing.ts';

/** What completion asks that is not, or no longer, the text of the document at hand. */
export const writing: readonly Play[] = [
  {
    vector: 63,
    run: async (stage) => {
      const [word, ordinary] = [stage.watch.plant(), uniqueWord()];
      await stage.workspace.write('src/call.ts', `const ${ordinary} = 1;\nexport const a = ORD`);
      const document = await read(stage, 'src/call.ts');
      const offset = document.text.length;
      const spot = { document, offset };
      const { ask, events } = startWriting(stage, { models: () => [modelIn.cloud, modelIn.device] });
      const selected = (text: string) => withSelectedItem(spot, { start: offset - 3, end: offset, text });
      await ask(selected(word), { listOpen: true, explicit: false });
      expectSeen(stage, 'device', [word]);
      // The document itself is not held back, and nobody is told that it were.
      assert.ok(!events.some(({ kind }) => kind === 'refused'));
      // An item that the document itself holds says nothing new.
      await ask(selected(ordinary), { listOpen: true, explicit: false });
      expectSeen(stage, 'cloud', [`export const a = ${ordinary}`]);
    },
  },
  {
    vector: 113,
    how: 'and asked on from before anyone has taken it',
    run: async (stage) => {
      let down = true;
      const far = stage.own(
        await startRecorder({
          reply: () => (down ? { status: 503, headers: {}, body: '' } : undefined),
        }),
      );
      stage.watch.server(far, 'cloud');
      // The local model says so much that it is cut short in the middle of its line, while the far one gets well again.
      const local = stage.own(
        await startLocal({
          tokenMs: 2,
          answer: ({ prompt }) => {
            down = false;
            const words = Array.from({ length: 400 }, (_, at) => `w${at.toString(36)}`);
            return [...new Set(prompt.match(/CANARY_\w+/g)), ...words].join(' ');
          },
        }),
      );
      const window = stage.own(
        await createStage(stage.servers, {
          backends: () => [
            { id: 'local', kind: 'ollama', url: local.url },
            { id: 'far', kind: 'custom', url: `${far.url}/v1` },
          ],
        }),
      );
      const { document, pieces } = await choosePieces({ ...window, watch: stage.watch });
      const { ask } = startWriting(window, {
        models: () => [modelIn.cloud, modelIn.device],
        lines: 'single',
        context: () => pieces,
      });
      const offer = await ask(behind(document), { explicit: false });
      assert.match(offer?.text ?? '', /CANARY_/, 'the local model said nothing that could leak');
      const asked = local.requests.filter(({ path }) => path === '/api/generate');
      assert.ok(asked.length > 1, 'nothing was asked on from the offer');
    },
  },
  {
    vector: 172,
    how: 'where a link was, and is no longer',
    run: async (stage) => {
      const word = stage.watch.plant();
      // What stands directly below the cursor is the same in both.
      const head = 'function f() {\n  return ';
      const text = (last: string): string => `${head}\n}\na();\nb();\nconst ${last} = 1;\n`;
      await stage.workspace.write('held/a.ts', text(word));
      await stage.workspace.link('../held/a.ts', 'src/b.ts');
      const { ask } = startWriting(stage, { models: () => [modelIn.cloud, modelIn.device] });
      await ask({ document: await read(stage, 'src/b.ts'), offset: head.length });
      expectSeen(stage, 'device', [word]);
      await stage.workspace.remove('src/b.ts');
      await stage.workspace.write('src/b.ts', text('ORDINARY_B'));
      await stage.noticed();
      await ask({ document: { ...(await read(stage, 'src/b.ts')), version: 2 }, offset: head.length });
      expectSeen(stage, 'cloud', ['ORDINARY_B']);
    },
  },
  ...(['completion', 'warm'] as const).map((intent): Play => ({
    vector: 123,
    how: `after it was found near enough ${intent === 'warm' ? 'to be warmed up' : 'to step in for another'}`,
    run: async (stage) => {
      const model = { name: 'innocent:1b', family: 'qwen2', capabilities: ['completion', 'insert'] } as const;
      const local = stage.own(
        await startLocal({ version: '0.13.0', models: [model], pullable: [{ ...model, stub: relay }] }),
      );
      stage.watch.server(local.cloud, 'cloud');
      const backends = [
        { id: 'down', kind: 'custom', url: 'http://127.0.0.1:9/v1', zone: 'perimeter' },
        { id: 'local', kind: 'ollama', url: local.url },
      ] as const;
      const window = stage.own(await createStage(stage.servers, { backends: () => backends }));
      const near = { backend: 'local', model: model.name };
      const models = intent === 'warm' ? [near] : [{ backend: 'down', model: 'any' }, near];
      const { ask, rest } = startWriting(window, { models: () => models, warm: true });
      const write = async (word: string): Promise<void> => {
        await window.workspace.write('src/a.ts', `const ${word} = 1;\n`);
        const spot = behind(await read(window, 'src/a.ts'));
        await (intent === 'warm' ? rest(spot) : ask(spot));
      };
      const [before, after] = [uniqueWord(), stage.watch.plant('perimeter')];
      await write(before);
      assert.ok(local.saw(before), 'the local model was not asked');
      await fetch(`${local.url}/api/pull`, { method: 'POST', body: JSON.stringify({ model: model.name }) }).then(
        (answer) => answer.text(),
      );
      await write(after);
    },
  })),
];

/** The model has become another one, which runs elsewhere. */
const relay = { remoteHost: 'https://ollama.com:443', remoteModel: 'innocent' } as const;

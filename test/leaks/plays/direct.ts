import assert from 'node:assert/strict';
import type { Play } from '../play.ts';
import { holding, read, shown } from '../stage/documents.ts';
import { askDirectly, complete, openChat } from '../stage/doors.ts';
import { expectFree, expectHeld, expectSeen, lastAnswer, uniqueWord } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import { expectPieceHeld } from '../stage/pieces.ts';
import { usualPolicy } from '../stage/stage.ts';

export const direct: readonly Play[] = [
  {
    vector: 1,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('held/a.ts', holding(word));
      const document = await read(stage, 'held/a.ts');
      const { events, offer } = await complete(stage, document, { models: [modelIn.cloud, modelIn.device] });
      assert.ok(events.some((event) => event.kind === 'refused'));
      assert.ok(offer, 'no nearer model served the file');
      expectSeen(stage, 'device', [word]);
      await expectHeld(stage, document);
    },
  },
  {
    vector: 1,
    how: 'for each reach, and an ordinary file beside it',
    run: async (stage) => {
      for (const [file, reach] of Object.entries({ 'office/a.ts': 'perimeter', 'nobody/a.ts': 'none' } as const)) {
        await stage.workspace.write(file, holding(stage.watch.plant(reach)));
        await expectHeld(stage, await read(stage, file), reach);
      }
      await expectFree(stage, await read(stage, 'src/open.ts'), 'ORDINARY_OPEN');
      const { offer } = await complete(stage, await read(stage, 'src/open.ts'), { models: [modelIn.cloud] });
      assert.ok(offer);
    },
  },
  {
    vector: 4,
    run: async (stage) => {
      await stage.workspace.write('.env', `TOKEN=${stage.watch.plant()}\n`);
      await expectHeld(stage, await read(stage, '.env'));
    },
  },
  {
    vector: 6,
    run: async (stage) => {
      await stage.workspace.write('held/a.ts', holding(stage.watch.plant()));
      const question = `${stage.workspace.uri('held/a.ts')} ${stage.workspace.at('held/a.ts')} ${uniqueWord()}`;
      await askDirectly(stage, { prompt: question, attach: [], model: modelIn.cloud });
      expectSeen(stage, 'cloud', [question]);
    },
  },
  {
    vector: 7,
    run: async (stage) => {
      await stage.workspace.write('keys/store.jks', `\u{fffd}PNG ${stage.watch.plant()}`);
      await expectHeld(stage, await read(stage, 'keys/store.jks'));
    },
  },
  { vector: 8, run: (stage) => expectPieceHeld(stage, ['opened']) },
  { vector: 9, run: (stage) => expectPieceHeld(stage, ['opened', 'closed']) },
  { vector: 10, run: (stage) => expectPieceHeld(stage, ['opened', 'edited', 'closed']) },
  {
    vector: 11,
    run: async (stage) => {
      const word = stage.watch.plant('cloud');
      await stage.workspace.write('src/soon.ts', holding(word));
      const before = await read(stage, 'src/soon.ts');
      await expectFree(stage, before, word);
      const { rules } = usualPolicy;
      const fresh = stage.watch.plant();
      await stage.workspace.write('src/soon.ts', holding(fresh));
      const stale = await read(stage, 'src/soon.ts');
      await stage.workspace.write(
        '.ringfence.jsonc',
        JSON.stringify({
          version: 1,
          reach: 'cloud',
          rules: [...rules, { id: 'soon', files: ['/src/soon.ts'], reach: 'device' }],
        }),
      );
      await stage.noticed();
      assert.equal(stale.text.label.reach, 'cloud');
      await expectHeld(stage, stale);
      await expectHeld(stage, await read(stage, 'src/soon.ts'));
    },
  },
  {
    vector: 12,
    run: async (stage) => {
      await stage.workspace.write('held/new/made.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, 'held/new/made.ts'));
    },
  },
  {
    vector: 15,
    run: async (stage) => {
      const word = stage.watch.plant();
      await expectHeld(stage, shown(stage, { kind: 'untitled', uri: 'untitled:Untitled-1' }, holding(word)));
      await stage.workspace.write('.env.local', `A=${word}\n`);
      await stage.noticed();
      await expectHeld(stage, await read(stage, '.env.local'));
    },
  },
  {
    vector: 16,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await stage.workspace.write('src/quotes.ts', `// set TOKEN to ${word} first\nexport const a = \n`);
      const document = await read(stage, 'src/quotes.ts');
      assert.equal(document.text.label.reach, 'cloud');
      const { offer } = await complete(stage, document, { models: [modelIn.cloud] });
      assert.equal(offer, undefined);
      assert.equal(stage.receipts.at(-1)?.outcome.kind, 'refused');
      const chat = openChat(stage, async () => document, { model: modelIn.cloud });
      await chat.attach({ kind: 'uri', uri: document.uri });
      await chat.ask('What is this?');
      assert.equal(lastAnswer(chat).state.kind, 'refused');
    },
  },
  {
    vector: 17,
    run: async (stage) => {
      const name = stage.watch.plant();
      await stage.workspace.write(`held/${name}.md`, 'Nothing but a name.\n');
      await expectHeld(stage, await read(stage, `held/${name}.md`));
    },
  },
];

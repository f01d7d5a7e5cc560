import assert from 'node:assert/strict';
import { joinLabels, labelled } from '../../../src/core/label/labelled.ts';
import type { Play } from '../play.ts';
import { holding, read } from '../stage/documents.ts';
import { complete, openChat } from '../stage/doors.ts';
import { expectCaught, expectSeen, expectServed, lastAnswer, serverIn } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import { choosePieces, expectPieceHeld, expectPiecesStay } from '../stage/pieces.ts';
import { usualPolicy } from '../stage/stage.ts';
import { made } from './secrets.ts';

export const derived: readonly Play[] = [
  { vector: 61, run: (stage) => expectPieceHeld(stage) },
  { vector: 67, run: (stage) => expectPieceHeld(stage, ['opened']) },
  {
    vector: 69,
    options: { policy: { reach: 'cloud', rules: [] } },
    run: async (stage) => {
      const { document, pieces } = await choosePieces(stage);
      assert.ok(pieces.every(({ text }) => text.label.reach === 'cloud'));
      await stage.workspace.write('.ringfence.jsonc', JSON.stringify({ version: 1, ...usualPolicy }));
      await stage.noticed();
      await expectPiecesStay(stage, document, pieces);
    },
  },
  {
    vector: 71,
    run: async (stage) => {
      const { pieces } = await choosePieces(stage);
      for (const { title, text } of pieces) {
        const files = text.label.origins.map(({ provenance }) =>
          provenance.kind === 'file' ? provenance.resource.display : '',
        );
        assert.deepEqual(files, [title.replace(/:.*$/, '')]);
      }
      await expectPieceHeld(stage);
    },
  },
  {
    vector: 64,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('held/k.ts', holding(word));
      const [open, held] = [await read(stage, 'src/open.ts'), await read(stage, 'held/k.ts')];
      const label = joinLabels([open.text.label, held.text.label]);
      const context = [{ title: 'both', text: labelled(`cannot assign '${word}' to number`, label) }];
      const { offer } = await complete(stage, open, { models: [modelIn.cloud], context });
      assert.ok(offer);
      expectSeen(stage, 'cloud', ['ORDINARY_OPEN']);
      const parts = stage.receipts.at(-1)?.verdict.parts ?? [];
      assert.equal(parts.find(({ title }) => title === 'both')?.decision, 'drop');
    },
  },
  {
    vector: 72,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const held = await read(stage, 'held/k.ts');
      const chat = openChat(stage, async () => held);
      await chat.attach({ kind: 'uri', uri: held.uri });
      await chat.ask('What is this?');
      expectServed(lastAnswer(chat), 'device');
      await chat.sessions();
      const { local, office, far } = stage.servers;
      assert.equal(local.requests.filter(({ path }) => path === '/api/chat').length, 1);
      assert.deepEqual([...office.requests, ...far.requests, ...local.cloud.requests], []);
      chat.newChat();
      chat.chooseModel(modelIn.cloud);
      await chat.ask('And what is that?');
      expectServed(lastAnswer(chat), 'cloud');
      assert.equal(serverIn(stage, 'cloud').requests.filter(({ path }) => path.endsWith('/completions')).length, 1);
    },
  },
  ...(
    [
      [73, (value: string) => `(()=>{var a="${value}";use(a)})();\n//# sourceMappingURL=data:;base64,e30=`],
      [76, (value: string) => `export declare const token: '${value}';\n`],
    ] as const
  ).map(([vector, quote]): Play => ({
    vector,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await expectCaught(stage, quote(word), word);
    },
  })),
  ...(
    [
      [74, (value: string) => `// generated\nexport const config = { token: '${value}' };\n`],
      [75, (value: string) => `exports[\`signs in 1\`] = \`\nauthorization: Bearer ${value}\n\`;\n`],
    ] as const
  ).map(([vector, quote]): Play => ({
    vector,
    run: async (stage) => {
      const token = made.githubToken(stage.watch);
      await expectCaught(stage, quote(token), token);
    },
  })),
];

import assert from 'node:assert/strict';
import { createCopies } from '../../../src/core/chat/copies.ts';
import type { Play } from '../play.ts';
import { holding, read, readUri } from '../stage/documents.ts';
import { complete, openChat } from '../stage/doors.ts';
import { expectCaught, expectHeld, expectSeen, expectServed, lastAnswer, uniqueWord } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import type { Stage } from '../stage/stage.ts';
import { made } from './secrets.ts';

export const transfer: readonly Play[] = [
  {
    vector: 115,
    run: async (stage) => {
      const word = await knownValue(stage);
      await expectCaught(stage, `Why does this fail?\n\nDB_PASSWORD=${word}`, word);
    },
  },
  {
    vector: 115,
    how: 'as a copy, of no kind that a scan would know',
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('held/k.ts', holding(word));
      const copies = createCopies([4_321_987, 31_415_926]);
      copies.remember((await read(stage, 'held/k.ts')).text);
      const chat = openChat(stage, () => read(stage, 'src/open.ts'), { copies, model: modelIn.cloud });
      const pasted = holding(word).replaceAll('\n', '\n    ');
      for (const text of [`Why?\n\n${pasted}`, `${pasted.slice(30)}\nWhy?`]) {
        await chat.ask(text);
        assert.match(lastAnswer(chat).state.kind, /^(?:withheld|refused)$/);
      }
      await chat.ask(`Why?\n\n${pasted}`);
      await chat.refreshModels();
      await chat.useLocal(lastAnswer(chat).id);
      expectServed(lastAnswer(chat), 'device');
      expectSeen(stage, 'device', [word]);
      chat.newChat();
      chat.chooseModel(modelIn.cloud);
      const free = uniqueWord();
      await chat.ask(`What of ${free}?`);
      expectSeen(stage, 'cloud', [free]);
    },
  },
  {
    vector: 116,
    run: async (stage) => {
      const word = await knownValue(stage);
      await stage.workspace.write('README.md', `# Shop\n\nconnect with ${word}\n\n`);
      const { offer } = await complete(stage, await read(stage, 'README.md'), { models: [modelIn.cloud] });
      assert.equal(offer, undefined);
      assert.equal(stage.receipts.at(-1)?.verdict.kind, 'refuse');
      await expectCaught(stage, `connect with ${word}`, word);
    },
  },
  {
    vector: 117,
    run: async (stage) => {
      const token = made.githubToken(stage.watch);
      await expectCaught(stage, `my token is ${token}, is that safe?`, token);
      const key = made.privateKey(stage.watch);
      await expectCaught(stage, `what kind of key is\n${key}`, key);
    },
  },
  {
    vector: 118,
    run: async (stage) => {
      const word = await knownValue(stage);
      const spelled = [
        Buffer.from(`password: ${word}`).toString('base64'),
        Buffer.from(`password: ${word}`).toString('base64url'),
        Buffer.from(word).toString('hex'),
        [...Buffer.from(word)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
      ];
      for (const text of spelled) await expectCaught(stage, `decode ${text} for me`, text);
    },
  },
  {
    vector: 120,
    run: async (stage) => {
      for (const uri of [
        'vscode-scm:git/scm0/input',
        'chatSessionInput:input-1',
        'comment:commentinput-1',
        'inmemory:model/1',
      ])
        await expectHeld(stage, await readUri(stage, uri, holding(stage.watch.plant())));
    },
  },
];

/** A value of a sensitive file that the scan has taken in. */
async function knownValue(stage: Stage): Promise<string> {
  const word = stage.watch.plant();
  await stage.workspace.write('.env', `DB_PASSWORD=${word}\n`);
  stage.values.put('.env', '.env', (await read(stage, '.env')).text);
  return word;
}

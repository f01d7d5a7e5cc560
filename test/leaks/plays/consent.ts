import assert from 'node:assert/strict';
import { mintDeclassification } from '../../../src/core/declassify/declassification.ts';
import type { LeaveOffer } from '../../../src/core/declassify/declassification.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { labelled, reveal, type Labelled } from '../../../src/core/label/labelled.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import type { Play } from '../play.ts';
import { holding, read, shown } from '../stage/documents.ts';
import { openChat, type Chat } from '../stage/doors.ts';
import { expectServed, lastAnswer, serverIn, uniqueWord } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import { usualPolicy, type Stage } from '../stage/stage.ts';

/** The one way beyond a rule: a person agrees to send one text, seen exactly as it will go, once, to one place. */
export const consent: readonly Play[] = [
  {
    vector: 115,
    how: 'sent after all, as it was shown, once, and recorded',
    run: async (stage) => {
      const word = stage.watch.plant('cloud');
      const chat = await withheldChat(stage, 'held/k.ts', word);
      const offer = await previewOf(chat);
      assert.ok(offer, 'there was no preview');
      assert.equal(reveal(offer.text), holding(word), 'the preview is not the text');
      assert.equal(timesSeen(stage, 'cloud', word), 0, 'it was sent before the user had agreed');
      await chat.declassify.send(offer.id);
      expectServed(lastAnswer(chat), 'cloud');
      assert.equal(timesSeen(stage, 'cloud', word), 1);
      await expectAgreementRecorded(stage);
      const { id } = lastAnswer(chat);
      await chat.ask(`And ${uniqueWord()}?`);
      assert.equal(lastAnswer(chat).state.kind, 'withheld', 'what was sent once goes along with the next question');
      await chat.declassify.send(offer.id);
      await chat.retry(id);
      assert.equal(lastAnswer(chat).state.kind, 'withheld', 'what was sent once is sent again');
      assert.equal(timesSeen(stage, 'cloud', word), 1);
    },
  },
  {
    vector: 115,
    how: 'what was agreed to for one text, place, time or policy is good for no other',
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const text = (await read(stage, 'held/k.ts')).text;
      const leaveFor = async (model: ModelRef = modelIn.cloud) => leave(await offerOf(stage, { text, model }));
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const other = (await read(stage, 'held/k.ts')).text;
      await send(stage, { text: other, model: modelIn.cloud, declassified: await leaveFor() });
      await send(stage, { text, model: modelIn.cloud, declassified: await leaveFor(modelIn.perimeter) });
      const before = await leaveFor();
      await stage.workspace.write('.ringfence.jsonc', JSON.stringify({ version: 1, ...usualPolicy }, undefined, 1));
      await stage.noticed();
      await send(stage, { text, model: modelIn.cloud, declassified: before });
      assert.equal(stage.receipts.filter(hasAgreement).length, 0);
    },
  },
  {
    vector: 115,
    how: 'sent after all twice in the same moment',
    run: async (stage) => {
      const word = stage.watch.plant('cloud');
      await stage.workspace.write('held/k.ts', holding(word));
      const text = (await read(stage, 'held/k.ts')).text;
      const declassified = leave(await offerOf(stage, { text, model: modelIn.cloud }));
      const twice = [1, 2].map(() => send(stage, { text, model: modelIn.cloud, declassified }));
      await Promise.all(twice);
      assert.equal(timesSeen(stage, 'cloud', word), 1);
    },
  },
  {
    vector: 115,
    how: 'no rule but one that allows it lets anyone agree',
    options: {
      policy: { ...usualPolicy, rules: usualPolicy.rules.map((rule) => ({ ...rule, declassify: 'never' })) },
    },
    run: async (stage) => {
      for (const file of ['held/k.ts', '.env', 'nobody/k.ts']) {
        const chat = await withheldChat(stage, file, stage.watch.plant(file.startsWith('nobody') ? 'none' : 'device'));
        assert.equal(await previewOf(chat), undefined, `a preview of ${file} was offered`);
        await expectNoLeave(stage, file);
      }
    },
  },
  {
    vector: 115,
    how: 'nobody can agree for text of unknown origin, or in a kind of request that shows no preview',
    run: async (stage) => {
      const unknown = shown(stage, { kind: 'unknown' }, holding(stage.watch.plant())).text;
      assert.equal(await offerOf(stage, { text: unknown, model: modelIn.cloud }), undefined);
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const text = (await read(stage, 'held/k.ts')).text;
      const declassified = leave(await offerOf(stage, { text, model: modelIn.cloud }));
      await send(stage, { text, model: modelIn.cloud, declassified, intent: 'completion' });
      assert.equal(stage.receipts.filter(hasAgreement).length, 0);
    },
  },
];

/** A question to a cloud model with a file that waits for the user's choice. */
async function withheldChat(stage: Stage, file: string, word: string): Promise<Chat> {
  await stage.workspace.write(file, holding(word));
  const chat = openChat(stage, () => read(stage, file), { model: modelIn.cloud });
  await chat.attach({ kind: 'uri', uri: stage.workspace.uri(file) });
  await chat.ask(`What of ${uniqueWord()}?`);
  assert.equal(lastAnswer(chat).state.kind, 'withheld');
  return chat;
}

async function previewOf(chat: Chat) {
  const { id, state } = lastAnswer(chat);
  const item = state.kind === 'withheld' ? state.items[0] : undefined;
  await chat.declassify.preview(id, item?.id ?? '');
  return chat.state().offer;
}

/** However the leave is made: an offer for another file, turned to this one by hand. */
async function expectNoLeave(stage: Stage, file: string): Promise<void> {
  const text = (await read(stage, file)).text;
  const destination = { model: modelIn.cloud, zone: 'cloud', origin: new URL(stage.servers.far.url).origin } as const;
  const forged = { part: 'held', preview: 'ab'.repeat(32), destination, policy: stage.policy.current().hash };
  await send(stage, { text, model: modelIn.cloud, declassified: leave(forged) });
  assert.equal(stage.receipts.filter(hasAgreement).length, 0);
}

type Sending = {
  readonly text: Labelled;
  readonly model: ModelRef;
  readonly intent?: 'chat' | 'completion';
  readonly declassified?: ReturnType<typeof mintDeclassification>;
};

async function offerOf({ guard }: Stage, sending: Sending): Promise<LeaveOffer | undefined> {
  const preview = await guard.preview(promptOf(sending), sending.model, new AbortController().signal);
  return preview.kind === 'decided' ? preview.offers?.[0] : undefined;
}

function leave(offer: LeaveOffer | undefined) {
  assert.ok(offer, 'nothing was offered');
  return mintDeclassification({ ...offer, id: uniqueWord(), at: 0 });
}

async function send({ guard }: Stage, sending: Sending): Promise<void> {
  for await (const _ of guard.send(promptOf(sending), sending.model, new AbortController().signal));
}

function promptOf({ text, declassified, intent = 'chat' }: Sending): LabelledPrompt {
  const role = intent === 'chat' ? 'attachment' : 'context';
  const product = {
    reach: 'cloud',
    origins: [{ provenance: { kind: 'product' }, reach: 'cloud', rules: [] }],
  } as const;
  return {
    intent,
    parts: [
      { id: 'held', role, title: 'held', text, required: false, ...(declassified && { declassified }) },
      {
        id: 'asked',
        role: intent === 'chat' ? 'user' : 'prefix',
        title: 'question',
        text: labelled(`What of ${uniqueWord()}?`, product),
        required: true,
      },
    ],
    options: { maxTokens: 8 },
  };
}

function timesSeen(stage: Stage, zone: Zone, word: string): number {
  return serverIn(stage, zone).requests.filter(({ rawBody }) => rawBody.includes(word)).length;
}

async function expectAgreementRecorded(stage: Stage): Promise<void> {
  const [receipt, ...others] = stage.receipts.filter(hasAgreement);
  assert.ok(receipt && others.length === 0, 'not one receipt names the agreement');
  const written = JSON.stringify(
    (await stage.ledgerRecords()).filter(({ attributes }) => attributes['request.id'] === receipt.id),
  );
  assert.match(written, /"declassification":\{/);
  assert.ok(!written.includes('CANARY_'), 'the ledger holds the text');
}

function hasAgreement({ verdict }: Stage['receipts'][number]): boolean {
  return verdict.parts.some(({ declassified }) => declassified !== undefined);
}

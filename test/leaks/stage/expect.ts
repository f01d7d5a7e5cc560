import assert from 'node:assert/strict';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import { findAnswer, type Answer } from '../../../src/core/chat/conversation.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import { mayReach, zones, type Reach, type Zone } from '../../../src/core/label/reach.ts';
import { holding, read } from './documents.ts';
import { askDirectly, complete, openChat, type Chat } from './doors.ts';
import { modelIn } from './servers.ts';
import type { Stage } from './stage.ts';

/**
 * A document that may go no farther than `reach`: sends it through every door to every farther zone, beside an ordinary
 * file and a question. Those must arrive, the document must be named as held back, and a receipt must say so. Whether its
 * words were seen is checked when the play ends. The doors do not differ by document, so that further ones of a play go
 * through one door to the nearest zone that they may not reach.
 */
export async function expectHeld(stage: Stage, held: DocumentSnapshot, reach: Reach = 'device'): Promise<void> {
  const farther = zones.filter((each) => !mayReach(reach, each));
  if (thorough.has(stage)) {
    for (const zone of farther.slice(0, 1)) await expectHeldByApi(stage, held, zone);
    return;
  }
  thorough.add(stage);
  for (const zone of farther) {
    if (zone !== 'device') await expectHeldInChat(stage, held, zone);
    await expectHeldByApi(stage, held, zone);
    await expectNoCompletion(stage, held, zone);
  }
}

/** The stages on which every door has been tried. */
const thorough = new WeakSet<Stage>();

async function expectHeldInChat(stage: Stage, held: DocumentSnapshot, zone: Exclude<Zone, 'device'>): Promise<void> {
  const question = uniqueWord();
  const ordinary = await read(stage, 'src/open.ts');
  const chat = openChat(stage, async (uri) => (uri === held.uri ? held : ordinary), { model: modelIn[zone] });
  await chat.attach({ kind: 'uri', uri: ordinary.uri });
  await chat.attach({ kind: 'uri', uri: held.uri });
  const before = stage.receipts.length;
  await chat.ask(`What is ${question}?`);
  const { state } = lastAnswer(chat);
  assert.equal(state.kind, 'withheld', 'the user was not asked');
  if (state.kind === 'withheld')
    assert.ok(
      state.items.some(({ title, why }) => title === held.display && why !== ''),
      'what is held back was not named',
    );
  assert.equal(serverIn(stage, zone).saw(question), false, 'something was sent before the user chose');
  await expectTurnedDown(stage, stage.receipts.slice(before), held);
  await chat.resolve(lastAnswer(chat).id, 'without');
  expectServed(lastAnswer(chat), zone);
  expectSeen(stage, zone, [question, 'ORDINARY_OPEN']);
}

async function expectHeldByApi(stage: Stage, held: DocumentSnapshot, zone: Zone): Promise<void> {
  const question = uniqueWord();
  const ordinary = await read(stage, 'src/open.ts');
  const before = stage.receipts.length;
  const { dropped } = await askDirectly(stage, {
    prompt: `Explain ${question}.`,
    attach: [held, ordinary],
    model: modelIn[zone],
  });
  assert.deepEqual(dropped, [held.display], 'the API did not name what was held back');
  expectRecorded(stage.receipts.slice(before), held);
  expectSeen(stage, zone, [question, 'ORDINARY_OPEN']);
}

/** The question left one receipt, a refusal that names what was held back; and it stands in the ledger. */
async function expectTurnedDown(stage: Stage, receipts: readonly Receipt[], held: DocumentSnapshot): Promise<void> {
  assert.deepEqual(
    receipts.map(({ verdict, outcome, bytesOut }) => [verdict.kind, outcome.kind, bytesOut]),
    [['refuse', 'refused', 0]],
    'the question was not recorded as turned down',
  );
  expectRecorded(receipts, held);
  const written = (await stage.ledgerRecords()).filter(
    ({ attributes }) => attributes['request.id'] === receipts[0]?.id,
  );
  assert.deepEqual(
    written.map(({ attributes }) => [attributes['ringfence.outcome'], attributes['gen_ai.guardrail.verdict.type']]),
    [['refused', 'deny']],
    'the ledger does not hold the refusal',
  );
}

/** No request for the far model; where this machine may have the text, a model here serves it instead. */
async function expectNoCompletion(stage: Stage, held: DocumentSnapshot, zone: Zone): Promise<void> {
  const before = stage.receipts.length;
  const models: readonly ModelRef[] = zone === 'device' ? [modelIn.device] : [modelIn[zone], modelIn.device];
  const { events } = await complete(stage, held, { models });
  assert.ok(
    events.some((event) => event.kind === 'refused' && event.model === modelIn[zone]),
    `no refusal was reported, only ${events.map(({ kind }) => kind).join(', ')}`,
  );
  const refusals = stage.receipts.slice(before).filter(({ verdict }) => verdict.kind === 'refuse');
  expectRecorded(refusals, held);
}

/** A receipt names the part, says why it stayed and how far it may go; it holds no text. */
function expectRecorded(receipts: readonly Receipt[], { display }: DocumentSnapshot): void {
  const parts = receipts.flatMap(({ verdict }) => verdict.parts);
  const part = parts.find(({ decision, title }) => decision === 'drop' && title.startsWith(display));
  assert.ok(part, 'no receipt says that it was held back');
  assert.ok(part.why !== undefined && part.why !== '', 'the receipt does not say why');
  assert.ok(!mayReach(part.reach, 'cloud'));
}

/** The control: an ordinary document does go to every zone, through every door. */
export async function expectFree(stage: Stage, document: DocumentSnapshot, word: string): Promise<void> {
  for (const zone of zones) {
    const chat = openChat(stage, async () => document, { model: modelIn[zone] });
    await chat.attach({ kind: 'uri', uri: document.uri });
    await chat.ask('What is this?');
    expectServed(lastAnswer(chat), zone);
    expectSeen(stage, zone, [word]);
  }
}

/** Nothing at all goes to that zone, for the reason given; a model on this machine answers all the same. */
export async function expectClosed(stage: Stage, zone: Exclude<Zone, 'device'>, reason: string): Promise<void> {
  const question = uniqueWord();
  const file = await read(stage, 'src/open.ts');
  const before = stage.receipts.length;
  const { refused } = await askDirectly(stage, { prompt: question, attach: [file], model: modelIn[zone] });
  assert.equal(refused, reason);
  assert.equal(stage.receipts.length, before + 1, 'the refusal was not recorded');
  assert.equal(serverIn(stage, zone).saw(question), false, 'the question was sent');
  const here = uniqueWord();
  await askDirectly(stage, { prompt: here, attach: [file], model: modelIn.device });
  expectSeen(stage, 'device', [here, 'ORDINARY_OPEN']);
}

/** The policy is in trouble: it may be that all is refused, or that what it held before is held back still. */
export async function expectNowhere(stage: Stage, file: string): Promise<void> {
  await stage.workspace.write(file, holding(stage.watch.plant()));
  const document = await read(stage, file);
  for (const zone of ['cloud', 'perimeter'] as const) {
    const asked = { prompt: uniqueWord(), attach: [document], model: modelIn[zone] };
    const { dropped, refused } = await askDirectly(stage, asked);
    assert.ok(refused !== undefined || dropped.includes(document.display), `it went to ${zone}`);
    const chat = openChat(stage, async () => document, { model: modelIn[zone] });
    await chat.attach({ kind: 'uri', uri: document.uri });
    await chat.ask(uniqueWord());
    assert.match(lastAnswer(chat).state.kind, /^(?:withheld|refused)$/);
    const { offer } = await complete(stage, document, { models: [modelIn[zone]] });
    assert.equal(offer, undefined);
  }
}

/** The control of `expectClosed`: an ordinary file and a question do go there. */
export async function expectOpen(stage: Stage, zone: Zone = 'cloud'): Promise<void> {
  const question = uniqueWord();
  const file = await read(stage, 'src/open.ts');
  const { dropped, refused } = await askDirectly(stage, { prompt: question, attach: [file], model: modelIn[zone] });
  assert.deepEqual({ dropped, refused }, { dropped: [], refused: undefined });
  expectSeen(stage, zone, [question, 'ORDINARY_OPEN']);
}

/** Text that any rule would let go is stopped by what it holds; the same text without the word goes. */
export async function expectCaught(stage: Stage, text: string, word: string): Promise<void> {
  const caught = await askDirectly(stage, { prompt: text, attach: [], model: modelIn.cloud });
  assert.equal(caught.refused, 'secret-found');
  const harmless = uniqueWord();
  const free = await askDirectly(stage, { prompt: text.replaceAll(word, harmless), attach: [], model: modelIn.cloud });
  assert.equal(free.refused, undefined);
  expectSeen(stage, 'cloud', [harmless]);
  const local = await askDirectly(stage, { prompt: text, attach: [], model: modelIn.device });
  assert.equal(local.refused, undefined);
}

export function expectSeen(stage: Stage, zone: Zone, words: readonly string[]): void {
  for (const word of words) assert.ok(serverIn(stage, zone).saw(word), `${word} did not arrive in ${zone}`);
}

export function expectServed({ state, served }: Answer, zone: Zone): void {
  assert.equal(state.kind, 'done', `the answer ended as ${JSON.stringify(state)}`);
  assert.equal(served?.zone, zone);
}

/** The last answer of a chat. */
export function lastAnswer(chat: Chat): Answer {
  const { conversation } = chat.state();
  const answer = findAnswer(conversation, conversation.messages.at(-1)?.id ?? '');
  if (!answer) throw new Error(`The chat does not end with an answer: ${chat.state().notice ?? ''}`);
  return answer;
}

export function serverIn({ servers }: Stage, zone: Zone): Stage['servers']['far'] {
  return { device: servers.local, perimeter: servers.office, cloud: servers.far }[zone];
}

let words = 0;

/** A word that nothing else says, for text that may go anywhere. */
export function uniqueWord(): string {
  words += 1;
  return `ORDINARY_WORD_${words.toString(36).padStart(4, '0')}_ZK`;
}

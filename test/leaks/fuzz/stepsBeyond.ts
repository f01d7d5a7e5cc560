import { findAnswer } from '../../../src/core/chat/conversation.ts';
import type { Answer } from '../../../src/core/chat/conversation.ts';
import { mintDeclassification } from '../../../src/core/declassify/declassification.ts';
import type { LeaveOffer } from '../../../src/core/declassify/declassification.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { labelled, reveal, type Labelled } from '../../../src/core/label/labelled.ts';
import { zones, type Zone } from '../../../src/core/label/reach.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import { contentAt, folder } from './disk.ts';
import type { Random } from './random.ts';
import { labelFor, readFile } from './reading.ts';
import type { Session } from './session.ts';
import { policyFile } from './simplePolicy.ts';
import { freshText, modelInChat, question, reload, somePath, someZone, type WeightedStep } from './step.ts';
import { modelOf, zoneOfModel } from './wire.ts';

/** What leads beyond a rule: agreeing to send a part after all, servers that are down, copying and pasting. */
export const beyond: readonly WeightedStep[] = [
  [10, 'agree', agree],
  [8, 'agree directly', agreeDirectly],
  [2, 'server down or up', switchServer],
  [6, 'ask in an outage', askInOutage],
  [3, 'ask farther', askFarther],
  [4, 'copy', copy],
  [5, 'paste', paste],
  [1, 'disk full or free', switchLedger],
];

/** The preview of a part that was held back, something in between, and the user's agreement; sometimes given twice. */
async function agree(session: Session, random: Random): Promise<void> {
  const { chat } = session.window;
  if (random.chance(0.6)) await askFar(session, random);
  const answer = lastAnswer(session);
  const item = answer?.state.kind === 'withheld' ? answer.state.items.find((each) => each.mayDeclassify) : undefined;
  if (!answer || !item) return;
  await chat.declassify.preview(answer.id, item.id);
  const stillGood = await meddle(session, random);
  const { offer } = chat.state();
  if (!offer) return;
  if (stillGood) session.oracle.agreements.agree(wordsIn(offer.text), offer.offer.destination.zone);
  session.consent = zoneOfModel(answer.model);
  await chat.declassify.send(offer.id);
  session.ledgerWorks = true;
  const again = lastAnswer(session);
  if (!again || !random.chance(0.3)) return;
  session.consent = zoneOfModel(modelInChat(session));
  await chat.declassify.send(offer.id);
  await chat.retry(again.id);
}

async function askFar(session: Session, random: Random): Promise<void> {
  const { chat } = session.window;
  chat.newChat();
  const zone = random.pick<Zone>(['perimeter', 'cloud', 'cloud']);
  chat.chooseModel(modelOf(zone));
  await chat.attach({ kind: 'uri', uri: `${folder}/${somePath(session, random)}` });
  session.consent = zone;
  await chat.ask(question());
}

/** Something between the preview and the agreement; false where what is shown may be sent no longer. */
async function meddle(session: Session, random: Random): Promise<boolean> {
  const what = random.int(8);
  if (what === 0) return !(await respacePolicy(session));
  if (what === 1) changeText(session, somePath(session, random));
  if (what === 2) session.window.chat.chooseModel(modelOf(someZone(random)));
  if (what === 3) session.ledgerWorks = false;
  return session.ledgerWorks;
}

/**
 * A program that has the user's agreement for one text and tries to get more out of it: another text, another place, a second
 * time, under another policy.
 */
async function agreeDirectly(session: Session, random: Random): Promise<void> {
  const path = somePath(session, random);
  const model = modelOf(someZone(random));
  const { text } = readFile(session, path);
  const offer = await offerFor(session, text, model);
  if (!offer) return;
  const declassified = mintDeclassification({ ...offer, id: `direct ${question()}`, at: 0 });
  const sendTo = (where: ModelRef, what: Labelled): Promise<void> =>
    drain(session, withText(session, what, declassified), where);
  const agreed = (): void => session.oracle.agreements.agree(wordsIn(text), offer.destination.zone);
  switch (random.int(5)) {
    case 0:
      agreed();
      return sendTo(model, text);
    case 1:
      agreed();
      await Promise.all([sendTo(model, text), sendTo(model, text)]);
      return sendTo(model, text);
    case 2:
      changeText(session, path);
      return sendTo(model, readFile(session, path).text);
    case 3:
      for (const zone of zones) if (zone !== model.backend) await sendTo(modelOf(zone), text);
      return;
    case 4:
      if (!(await respacePolicy(session))) agreed();
      return sendTo(model, text);
  }
}

async function offerFor(session: Session, text: Labelled, model: ModelRef): Promise<LeaveOffer | undefined> {
  const prompt = withText(session, text);
  const preview = await session.window.guard.preview(prompt, model, new AbortController().signal);
  return preview.kind === 'decided' ? preview.offers?.find(({ part }) => part === 'held') : undefined;
}

function withText(
  { window }: Session,
  text: Labelled,
  declassified?: ReturnType<typeof mintDeclassification>,
): LabelledPrompt {
  const typed = labelled(question(), labelFor(window.policy, { kind: 'typed' }));
  return {
    intent: 'chat',
    parts: [
      { id: 'held', role: 'attachment', title: 'held', text, required: false, ...(declassified && { declassified }) },
      { id: 'asked', role: 'user', title: 'question', text: typed, required: true },
    ],
    options: { maxTokens: 8 },
  };
}

async function drain({ window }: Session, prompt: LabelledPrompt, model: ModelRef): Promise<void> {
  for await (const _ of window.guard.send(prompt, model, new AbortController().signal));
}

function changeText({ disk }: Session, path: string): void {
  const content = contentAt(disk, path);
  if (content) content.text = freshText();
}

let spaces = 0;

/** The same rules in another text, one that no policy had before: what was agreed to under the former is agreed to no longer. False: there is no policy. */
async function respacePolicy(session: Session): Promise<boolean> {
  const text = session.disk.policies.get(policyFile);
  if (text?.startsWith('{') !== true) return false;
  session.disk.policies = new Map(session.disk.policies).set(
    policyFile,
    `{${' '.repeat((spaces += 1))}${text.slice(1)}`,
  );
  await reload(session);
  return true;
}

function switchServer({ down }: Session, random: Random): void {
  const zone = random.pick<Zone>(['device', 'device', 'perimeter', 'cloud']);
  if (!down.delete(zone)) down.add(zone);
}

/** The server of the chosen model is gone for this question, and back for the next. */
async function askInOutage(session: Session): Promise<void> {
  const { chat } = session.window;
  const zone = zoneOfModel(modelInChat(session));
  session.consent = zone;
  session.down.add(zone);
  await chat.ask(question());
  session.down.delete(zone);
}

async function askFarther(session: Session): Promise<void> {
  const answer = lastAnswer(session);
  if (answer?.state.kind !== 'failed' || !answer.state.standIn) return;
  session.consent = answer.state.standIn.zone;
  await session.window.chat.askFarther(answer.id);
}

function copy(session: Session, random: Random): void {
  const { text } = readFile(session, somePath(session, random));
  session.window.copies.remember(text);
  session.window.clipboard.text = reveal(text);
}

/** White space may change on the way, and a part may be left out. */
async function paste(session: Session, random: Random): Promise<void> {
  const { chat, clipboard } = session.window;
  const text = random.pick([clipboard.text, clipboard.text.replaceAll(/\s+/g, '  '), clipboard.text.trim()]);
  session.consent = zoneOfModel(modelInChat(session));
  await chat.ask(`${question()}\n\n${text}`);
}

function switchLedger(session: Session): void {
  session.ledgerWorks = !session.ledgerWorks;
}

function lastAnswer({ window }: Session): Answer | undefined {
  const { conversation } = window.chat.state();
  return findAnswer(conversation, conversation.messages.at(-1)?.id ?? '');
}

function wordsIn(text: Labelled): readonly string[] {
  return reveal(text).match(/CANARY_\w+/g) ?? [];
}

import { ask } from '../../../src/assistant/ask.ts';
import { findAnswer } from '../../../src/core/chat/conversation.ts';
import { labelled } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import { contentAt, folder } from './disk.ts';
import { nestedFile, policyFile, writePolicy, type Hold, type SimplePolicy } from './simplePolicy.ts';
import type { OutageRule } from '../../../src/core/policy/settings.ts';
import type { Random } from './random.ts';
import { freshText, modelInChat, question, reload, somePath, someZone, type Step } from './step.ts';
import { beyond } from './stepsBeyond.ts';
import { labelFor, readFile } from './reading.ts';
import type { Session } from './session.ts';
import { openWindow } from './window.ts';
import { modelOf, zoneOfModel } from './wire.ts';

/** What happens in a session, each as often as its number says. */
export const steps: readonly (readonly [weight: number, name: string, step: Step])[] = [
  [10, 'complete', complete],
  [8, 'attach', attach],
  [10, 'ask', askInChat],
  [5, 'choose', choose],
  [4, 'retry', retry],
  [6, 'switch model', switchModel],
  [4, 'ask directly', askDirectly],
  [5, 'edit', edit],
  [4, 'rename', rename],
  [3, 'link', link],
  [3, 'hard link', hardLink],
  [7, 'change the policy', changePolicy],
  [2, 'commit', commit],
  [2, 'switch branch', switchBranch],
  [2, 'accept', accept],
  [2, 'trust', trust],
  [3, 'crash', crash],
  [1, 'spoil a chat', spoilChat],
  ...beyond,
];

const folders = ['a', 'b', 'lib', 'lib/deep', 'src'] as const;
const names = ['one.ts', 'two.ts', '.env'] as const;

/** Files, a policy, a commit: where every session begins. */
export async function begin(session: Session, random: Random): Promise<void> {
  const { disk } = session;
  for (const place of folders) disk.files.set(`${place}/${random.pick(names)}`, { text: freshText() });
  disk.policies = new Map([[policyFile, writePolicy(somePolicy(random))]]);
  disk.branches.set('main', disk.policies);
  disk.branch = 'main';
  await reload(session);
  await session.window.chat.start();
}

async function complete(session: Session, random: Random): Promise<void> {
  const document = readFile(session, somePath(session, random));
  session.models = random.pick([['cloud', 'device'], ['perimeter'], ['device'], ['cloud', 'perimeter', 'device']]);
  const abort = new AbortController();
  session.context = [somePath(session, random), somePath(session, random)].map((path) => ({
    title: path,
    text: readFile(session, path).text,
  }));
  const { completion } = session.window;
  const spot = { document, offset: document.text.length - 1 };
  const facts = { cursors: 1, hasSelection: false, aside: false };
  const place = { spot, facts, explicit: true, listOpen: false };
  if (random.chance(0.3)) completion.typed({ ...place, explicit: false });
  if (random.chance(0.3)) await completion.alternatives(place, abort.signal);
  else await completion.suggest(place, abort.signal);
}

async function attach(session: Session, random: Random): Promise<void> {
  await session.window.chat.attach({ kind: 'uri', uri: `${folder}/${somePath(session, random)}` });
}

async function askInChat(session: Session, random: Random): Promise<void> {
  const { window } = session;
  session.consent = zoneOfModel(modelInChat(session));
  const { messages } = window.chat.state().conversation;
  const questions = messages.filter(({ kind }) => kind === 'question');
  const replaced = random.chance(0.15) ? questions[random.int(questions.length)]?.id : undefined;
  await window.chat.ask(question(), replaced);
}

async function choose(session: Session, random: Random): Promise<void> {
  const { window } = session;
  const { messages } = window.chat.state().conversation;
  const last = findAnswer(window.chat.state().conversation, messages.at(-1)?.id ?? '');
  if (last?.state.kind === 'withheld') {
    session.consent = zoneOfModel(last.model);
    await window.chat.resolve(last.id, random.pick(['without', 'local', 'afresh', 'without']));
  } else if (random.chance(0.2)) window.chat.newChat();
}

async function retry(session: Session, random: Random): Promise<void> {
  const { window } = session;
  const answers = window.chat.state().conversation.messages.filter(({ kind }) => kind === 'answer');
  const answer = answers[random.int(answers.length)];
  if (!answer || answer.kind !== 'answer') return;
  const model = random.chance(0.6) ? modelOf(someZone(random)) : undefined;
  session.consent = zoneOfModel(model ?? modelInChat(session));
  await window.chat.retry(answer.id, model);
}

function switchModel({ window }: Session, random: Random): void {
  window.chat.chooseModel(modelOf(someZone(random)));
}

async function askDirectly(session: Session, random: Random): Promise<void> {
  const { guard, policy } = session.window;
  const attachments = [somePath(session, random), somePath(session, random)].map((path) => ({
    title: path,
    text: readFile(session, path).text,
  }));
  const prompt = labelled(question(), labelFor(policy, { kind: 'typed' }));
  const answer = ask(guard, { prompt, attachments, model: modelOf(someZone(random)) }, new AbortController().signal);
  for (let next = await answer.next(); next.done !== true; next = await answer.next());
}

function edit(session: Session, random: Random): void {
  const content = contentAt(session.disk, somePath(session, random));
  if (content) content.text = random.chance(0.5) ? freshText() : content.text + freshText();
}

/** As `git mv` does it: the former name is known. */
function rename({ disk }: Session, random: Random): void {
  const from = [...disk.files.keys()][random.int(disk.files.size)] ?? '';
  const content = disk.files.get(from);
  const to = `${random.pick(folders)}/moved${random.int(3)}.ts`;
  if (!content || disk.files.has(to)) return;
  disk.files.delete(from);
  disk.files.set(to, content);
  disk.former.set(to, [from, ...(disk.former.get(from) ?? [])]);
}

function link({ disk }: Session, random: Random): void {
  const target = random.chance(0.3)
    ? random.pick(folders)
    : ([...disk.files.keys()][random.int(disk.files.size)] ?? 'a');
  const from = `${random.pick(['src', 'out'])}/link${random.int(4)}`;
  if (!target.startsWith(from) && !disk.files.has(from)) disk.links.set(from, target);
}

function hardLink({ disk }: Session, random: Random): void {
  const content = disk.files.get([...disk.files.keys()][random.int(disk.files.size)] ?? '');
  const path = `${random.pick(folders)}/same${random.int(3)}.ts`;
  if (content && !disk.files.has(path)) disk.files.set(path, content);
}

export async function changePolicy(session: Session, random: Random): Promise<void> {
  const policies = new Map(session.disk.policies);
  const file = random.chance(0.2) ? nestedFile : policyFile;
  const kind = random.int(10);
  if (kind === 0) policies.delete(file);
  else if (kind === 1)
    policies.set(file, random.pick(['{', '', '{"version":2}', '{"version":1,"reach":"cloud","rule":[]} ']));
  else policies.set(file, writePolicy(somePolicy(random, file === nestedFile), { nested: file === nestedFile }));
  session.disk.policies = policies;
  // Watchers see most changes, not all.
  if (random.chance(0.5)) await reload(session);
}

async function commit(session: Session, random: Random): Promise<void> {
  session.disk.branches.set(session.disk.branch, session.disk.policies);
  if (random.chance(0.5)) await reload(session);
}

async function switchBranch(session: Session, random: Random): Promise<void> {
  const { disk } = session;
  const to = random.pick(['main', 'lax', 'strict']);
  if (!disk.branches.has(to)) disk.branches.set(to, new Map([[policyFile, writePolicy(somePolicy(random))]]));
  disk.branch = to;
  disk.policies = disk.branches.get(to) ?? new Map();
  if (random.chance(0.5)) await reload(session);
}

async function accept({ window, oracle, trusted }: Session): Promise<void> {
  const { policy } = window;
  if (!(await policy.fresh(new AbortController().signal)) || !trusted) return;
  const { hash, pending } = policy.current();
  if (await policy.accept(hash, pending)) oracle.accepted();
}

async function trust(session: Session, random: Random): Promise<void> {
  session.trusted = session.trusted ? random.chance(0.7) : true;
  await reload(session);
}

async function crash(session: Session, random: Random): Promise<void> {
  session.window.completion.dispose();
  if (random.chance(0.5)) await session.window.chat.dispose();
  session.window = openWindow(session);
  if (random.chance(0.8)) await reload(session);
  await session.window.chat.start();
}

/** Labels are lost or changed on disk, as by another program or an older version. */
async function spoilChat(session: Session, random: Random): Promise<void> {
  await session.window.chat.dispose();
  session.oracle.labelsLost();
  for (const [id, text] of session.store.texts)
    session.store.texts.set(
      id,
      text.replaceAll(
        /"label":\{"reach":"\w+"/g,
        random.pick(['"label":{"reach":"cloud"', '"lable":{"reach":"cloud"', '"label":{"reech":"cloud"']),
      ),
    );
  await crash(session, random);
}

function somePolicy(random: Random, nested = false): SimplePolicy {
  const places = nested ? (['lib/deep'] as const) : (['a', 'b', 'lib', 'lib/deep'] as const);
  const held = places.flatMap((place): [string, Hold][] => (random.chance(0.4) ? [[place, someHold(random)]] : []));
  const onOutage = random.pick<OutageRule | undefined>(['auto', 'auto', 'ask', 'never', undefined]);
  return { folders: Object.fromEntries(held), ...(onOutage && !nested ? { onOutage } : {}) };
}

function someHold(random: Random): Hold {
  const reach = random.pick<Reach>(['none', 'device', 'device', 'device', 'perimeter']);
  return { reach, declassify: random.pick(['confirm', 'confirm', 'confirm', 'confirm', 'never']) };
}

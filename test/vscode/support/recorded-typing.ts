import { setTimeout as delay } from 'node:timers/promises';
import { randomFrom, rhythm } from '../../bench/completion/random.ts';
import type { Oracle } from '../../bench/completion/oracle.ts';
import { offsetIn, press, singleKeys, type Key, type Page, type Session } from '../../bench/corpus/typing.ts';
import { watchGhostText, type Sightings } from './ghost-watch.ts';
import type { Workbench } from './workbench.ts';

/** What a pause in the typing showed. */
export type Pause = {
  readonly kind: 'none' | 'fresh' | 'carried';
  /** Milliseconds from the last key to the ghost text that stood there at the end. */
  readonly latency: number;
  readonly ghost: string;
  /** What was to be written next on the line. */
  readonly next: string;
  /** Milliseconds of typing before it, and those of them at which ghost text stood there. */
  readonly typing: number;
  readonly visible: number;
};

export type Played = { readonly pauses: readonly Pause[]; readonly keys: number };

export type Play = {
  /** The file to type in, as the session was before; it must be below the workspace. */
  readonly file: string;
  readonly oracle: Oracle;
  /** Milliseconds between keys on average. */
  readonly keyMs: number;
  /** How long a pause may last for ghost text to come, in milliseconds. */
  readonly patience: number;
};

/** Types a recorded session in the window, key by key, and tells what was seen at its pauses. */
export async function playSession(workbench: Workbench, session: Session, play: Play): Promise<Played> {
  await workbench.openFile(play.file);
  const random = randomFrom(session.seed);
  const watch = await watchGhostText(workbench.page);
  const pauses: Pause[] = [];
  let page: Page = { text: session.before, cursor: 0 };
  let stretch = 0;
  let keys = 0;
  const wait = (): Promise<void> => delay(rhythm(play.keyMs, random));
  for (const [at, key] of session.keys.entries()) {
    if (typeof key === 'object' && 'pause' in key) {
      const next = lineToCome(session.keys.slice(at + 1));
      if (next !== '')
        pauses.push({ ...(await pauseFor(workbench, watch, { ms: key.pause, patience: play.patience })), next });
      continue;
    }
    if (typeof key === 'object' && ('go' in key || 'select' in key)) {
      if (at > 0) play.oracle.at((stretch += 1));
      await goTo(workbench, page, key);
      // The keys that went into finding the place are no typing.
      await watch.seen();
    } else if (typeof key === 'string') {
      for (const single of singleKeys(key)) {
        await wait();
        await typeKey(workbench, single, page);
        page = press(page, single);
        keys += 1;
      }
      continue;
    } else if ('back' in key) {
      for (let count = 0; count < key.back; count += 1) {
        await wait();
        await workbench.press('Backspace');
        keys += 1;
      }
    } else throw new Error('What was pasted is not played in a window.');
    page = press(page, key);
  }
  await workbench.press('Escape');
  return { pauses, keys };
}

/** Enter is followed by what the editor's own indentation lacks or has too much of. */
async function typeKey(workbench: Workbench, single: string, page: Page): Promise<void> {
  if (!single.startsWith('\n')) return workbench.page.keyboard.type(single);
  await workbench.press('Enter');
  const line = page.text.slice(0, page.cursor).split('\n').length + 1;
  const column = await columnOn(workbench, line);
  for (let at = column - 1; at > single.length - 1; at -= 1) await workbench.press('Backspace');
  for (let at = column - 1; at < single.length - 1; at += 1) await workbench.press('Space');
}

/** The column of the cursor, once the status bar says that it is on this line. */
async function columnOn({ page }: Workbench, line: number): Promise<number> {
  const status = page.locator('#status\\.editor\\.selection');
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(5)) {
    const found = /^Ln (\d+), Col (\d+)/.exec((await status.innerText()).trim());
    if (Number(found?.[1]) === line) return Number(found?.[2]);
  }
  throw new Error(`The cursor did not come to line ${line}; the status bar says ${await status.innerText()}.`);
}

/** Puts the cursor somewhere, and deletes a selection if there is one. */
async function goTo(
  workbench: Workbench,
  { text }: Page,
  key: Extract<Key, { go: unknown } | { select: unknown }>,
): Promise<void> {
  const [line, column, toLine, toColumn] = 'go' in key ? key.go : key.select;
  await workbench.press('Escape');
  await workbench.goTo(line + 1, column + 1);
  if (toLine === undefined || toColumn === undefined) return;
  const count = offsetIn(text, [toLine, toColumn]) - offsetIn(text, [line, column]);
  for (let at = 0; at < count; at += 1) await workbench.press('Shift+ArrowRight');
  await workbench.press('Delete');
}

async function pauseFor(
  workbench: Workbench,
  watch: { readonly seen: () => Promise<Sightings> },
  { ms, patience }: { readonly ms: number; readonly patience: number },
): Promise<Omit<Pause, 'next'>> {
  await delay(ms);
  for (const end = Date.now() + patience; (await workbench.ghostText()) === '' && Date.now() < end;) await delay(50);
  return judge(await watch.seen());
}

/** Carried: it stood there before the last key already, and no moment since was without. */
function judge(sightings: Sightings): Omit<Pause, 'next'> {
  const { ghosts, keys } = sightings;
  const since = keys.at(-1) ?? 0;
  const ghost = ghosts.at(-1)?.text ?? '';
  const typed = { ghost, ...typingOf(sightings) };
  if (ghost === '') return { kind: 'none', latency: Infinity, ...typed };
  const before = ghosts.findLast(({ t }) => t < since)?.text ?? '';
  const inside = ghosts.filter(({ t }) => t >= since);
  const lastEmpty = inside.findLastIndex(({ text }) => text === '');
  if (before !== '' && lastEmpty < 0) return { kind: 'carried', latency: 0, ...typed };
  return { kind: 'fresh', latency: (inside[lastEmpty + 1]?.t ?? Infinity) - since, ...typed };
}

/** From the first key to the last. */
function typingOf({ ghosts, keys }: Sightings): { readonly typing: number; readonly visible: number } {
  const [from = 0, to = 0] = [keys[0], keys.at(-1)];
  const visible = ghosts.reduce((sum, { t, text }, at) => {
    const end = Math.min(to, ghosts[at + 1]?.t ?? to);
    return text === '' ? sum : sum + Math.max(0, end - Math.max(from, t));
  }, 0);
  return { typing: to - from, visible };
}

/** What will be typed up to the end of the line, if nobody goes elsewhere. */
function lineToCome(keys: readonly Key[]): string {
  let text = '';
  for (const key of keys) {
    if (typeof key === 'string') text += key;
    else if ('back' in key) text = text.slice(0, -key.back);
    else if (!('pause' in key)) break;
  }
  return (text.trimStart().split('\n')[0] ?? '').trim();
}

import type { VirtualClock } from '../../support/virtualClock.ts';
import { offsetIn, singleKeys, type Session } from '../corpus/typing.ts';
import type { Oracle } from './oracle.ts';
import { randomFrom, rhythm } from './random.ts';
import type { SimulatedEditor } from './editor.ts';
import { typedOf, type Stretch } from './stretches.ts';

/** A look at the screen: what stood there, and how long after the last key it came. */
export type Look = {
  readonly kind: 'none' | 'fresh' | 'carried';
  /** Milliseconds from the last key to the ghost text that stands there at the end; 0 for carried. */
  readonly latency: number;
  /** Whether it is what was written next, as far as it goes. */
  readonly right: boolean;
  /** Whether it is right and its first line is the whole of what was to be written on that line. */
  readonly whole: boolean;
};

export type Typed = {
  readonly looks: readonly Look[];
  /** Of each time that something was taken and more was to be written: milliseconds to the next ghost text. */
  readonly nexts: readonly number[];
};

export type Typist = {
  readonly clock: VirtualClock;
  readonly editor: SimulatedEditor;
  readonly oracle: Oracle;
  readonly stretches: readonly Stretch[];
  /** Milliseconds between keys on average. */
  readonly keyMs: number;
  /** Takes what is right when they look. */
  readonly takes: boolean;
  /** Called at each look. */
  readonly rested: (ms: number) => void;
};

/** Types a recorded session to its end. */
export async function typeSession(session: Session, typist: Typist): Promise<Typed> {
  const { clock, editor, oracle } = typist;
  const random = randomFrom(session.seed);
  const looks: Look[] = [];
  const nexts: number[] = [];
  let stretch = 0;
  /** Of what was taken, the characters that the recorded keys would type now. */
  let ahead = 0;
  const wait = (): Promise<void> => clock.advanceTo(clock.now() + rhythm(typist.keyMs, random));

  const write = async (text: string): Promise<void> => {
    const rest = text.slice(Math.min(ahead, text.length));
    ahead -= text.length - rest.length;
    for (const added of singleKeys(rest)) {
      await wait();
      editor.key(added);
    }
  };
  const erase = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      if (ahead > 0) ahead += 1;
      else {
        await wait();
        editor.backspace();
      }
    }
  };
  const look = async (ms: number): Promise<void> => {
    if (ahead > 0) return;
    const since = editor.keys.at(-1) ?? clock.now();
    await clock.advanceTo(since + ms);
    const rest = restOf(editor, typist.stretches[stretch]);
    looks.push(seen(editor, since, rest));
    typist.rested(ms);
    const ghost = editor.ghost();
    if (!typist.takes || ghost.length < 3 || !rest?.startsWith(ghost)) return;
    ahead = editor.accept().length;
    const more = rest.slice(ahead).trim() !== '';
    const taken = clock.now();
    await clock.advanceTo(taken + 400);
    if (more) nexts.push((editor.drawings.find(({ t, text }) => t > taken && text !== '')?.t ?? Infinity) - taken);
  };

  for (const [at, key] of session.keys.entries()) {
    if (typeof key === 'string') await write(key);
    else if ('back' in key) await erase(key.back);
    else if ('paste' in key) editor.paste(key.paste);
    else if ('pause' in key) await look(key.pause);
    else {
      if (at > 0) oracle.at((stretch += 1));
      ahead = 0;
      await clock.advanceTo(clock.now() + 700);
      const [line, column, toLine, toColumn] = 'go' in key ? key.go : key.select;
      const text = editor.text();
      const end = toLine === undefined || toColumn === undefined ? undefined : offsetIn(text, [toLine, toColumn]);
      editor.go(offsetIn(text, [line, column]), end);
      await clock.advanceTo(clock.now() + 400);
    }
  }
  await clock.advanceTo(clock.now() + 3_000);
  return { looks, nexts };
}

/** What is still to be written at the cursor. */
function restOf(editor: SimulatedEditor, stretch: Stretch | undefined): string | undefined {
  const { spot } = editor.now();
  const before = editor.text().slice(0, spot.offset);
  const typed = stretch && typedOf(stretch, before);
  if (!stretch || typed === undefined) return undefined;
  return stretch.body.startsWith(typed) ? stretch.body.slice(typed.length) : undefined;
}

function seen({ drawings, ghost }: SimulatedEditor, since: number, rest: string | undefined): Look {
  if (ghost() === '') return { kind: 'none', latency: Infinity, right: false, whole: false };
  const right = rest?.startsWith(ghost()) ?? false;
  const whole = right && firstLine(ghost()) === firstLine(rest ?? '');
  const before = drawings.findLast(({ t }) => t < since)?.text ?? '';
  const inside = drawings.filter(({ t }) => t >= since);
  const lastEmpty = inside.findLastIndex(({ text }) => text === '');
  if (before !== '' && lastEmpty < 0) return { kind: 'carried', latency: 0, right, whole };
  return { kind: 'fresh', latency: (inside[lastEmpty + 1]?.t ?? Infinity) - since, right, whole };
}

function firstLine(text: string): string {
  return (text.trimStart().split('\n')[0] ?? '').trim();
}

import type { InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Ask } from '../../../src/assistant/completeInline/ports.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import type { VirtualClock } from '../../support/virtualClock.ts';

/** What was seen on the screen: from `t` on the ghost text is `text`. */
export type Drawing = { readonly t: number; readonly text: string };

/** An editor as far as inline completion sees it. All of it happens on a clock that only the benchmark moves. */
export type SimulatedEditor = {
  /** One key that inserts: a character, or Enter with the indentation that the editor gives. */
  readonly key: (added: string) => void;
  readonly backspace: () => void;
  /** Text that no single key brings. */
  readonly paste: (added: string) => void;
  /** Puts the cursor somewhere, and deletes from there to `end` if told. */
  readonly go: (offset: number, end?: number) => void;
  /** Takes the ghost text, as Tab does. */
  readonly accept: () => string;
  readonly now: () => Ask;
  readonly text: () => string;
  readonly ghost: () => string;
  readonly drawings: readonly Drawing[];
  /** The times of the keys, accepting included. */
  readonly keys: readonly number[];
  /** Processor milliseconds of the answers that were there at once. */
  readonly instant: readonly number[];
};

type OpenFile = {
  readonly uri: string;
  readonly display: string;
  readonly languageId: string;
  readonly text: string;
};

/** Milliseconds from a key to what the extension hears of it, and to the editor's own question. */
const heardMs = 4;
const askedMs = 45;

type State = {
  text: string;
  cursor: number;
  version: number;
  ghost: string;
  covers: number;
  question: AbortController;
};

/**
 * It tells of each key, asks some 45 ms after it, cancels its question at the next key, draws what comes back, and moves
 * what it draws along while someone types just that.
 */
export function simulateEditor(clock: VirtualClock, completion: InlineCompletion, file: OpenFile): SimulatedEditor {
  const state: State = {
    text: file.text,
    cursor: 0,
    version: 1,
    ghost: '',
    covers: 0,
    question: new AbortController(),
  };
  const drawings: Drawing[] = [];
  const keys: number[] = [];
  const instant: number[] = [];

  const draw = (next: string): void => {
    if (next === state.ghost) return;
    state.ghost = next;
    drawings.push({ t: clock.now(), text: next });
  };
  const ask = (): Ask => askFor(file, state);
  const question = async (signal: AbortSignal): Promise<void> => {
    await clock.delay(askedMs, signal);
    if (signal.aborted) return;
    const [asked, begin] = [clock.now(), performance.now()];
    const offer = await completion.suggest(ask(), signal);
    if (offer && clock.now() === asked) instant.push(performance.now() - begin);
    if (signal.aborted) return;
    state.covers = offer?.covers ?? 0;
    draw(offer?.text ?? '');
  };
  const changed = (): void => {
    state.version += 1;
    state.question.abort();
    const { signal } = (state.question = new AbortController());
    void question(signal);
    void clock.delay(heardMs, signal).then(() => signal.aborted || completion.typed(ask()));
  };
  const replace = (from: number, to: number, added: string): void => {
    state.text = state.text.slice(0, from) + added + state.text.slice(to);
    state.cursor = from + added.length;
    changed();
  };
  return {
    key(added) {
      keys.push(clock.now());
      draw(state.ghost.startsWith(added) ? state.ghost.slice(added.length) : '');
      replace(state.cursor, state.cursor, added);
    },
    backspace() {
      keys.push(clock.now());
      draw('');
      replace(state.cursor - 1, state.cursor, '');
    },
    paste(added) {
      draw('');
      replace(state.cursor, state.cursor, added);
    },
    go(offset, end) {
      state.question.abort();
      draw('');
      state.cursor = offset;
      if (end === undefined) completion.moved(ask());
      else replace(offset, end, '');
    },
    accept() {
      keys.push(clock.now());
      const taken = state.ghost;
      draw('');
      completion.accepted();
      replace(state.cursor, state.cursor + state.covers, taken);
      return taken;
    },
    now: ask,
    text: () => state.text,
    ghost: () => state.ghost,
    drawings,
    keys,
    instant,
  };
}

/** The question that an editor has at such a place. */
export function askFor(
  file: Omit<OpenFile, 'text'>,
  { text, cursor, version }: { readonly text: string; readonly cursor: number; readonly version: number },
): Ask {
  return {
    spot: {
      document: {
        uri: file.uri,
        display: file.display,
        languageId: file.languageId,
        version,
        text: labelled(text, productLabel),
        indent: { tabs: false, size: 2 },
      },
      offset: cursor,
    },
    facts: { cursors: 1, hasSelection: false, aside: false },
    explicit: false,
    listOpen: false,
  };
}

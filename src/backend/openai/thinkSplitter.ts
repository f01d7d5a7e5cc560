export type SplitPart = { readonly kind: 'delta' | 'reasoning'; readonly text: string };

/**
 * Takes `<think>…</think>` at the very start of an answer apart, for servers that leave the tags in the text. Tags may be
 * cut anywhere between pieces. `opened` is for models whose template opens the tag in the prompt, so that only the closing
 * one comes: everything before it is thinking, and if it never comes, everything was the answer.
 */
export type ThinkSplitter = {
  push(piece: string): readonly SplitPart[];
  /** Gives what was held back at the end of the stream. */
  end(): readonly SplitPart[];
};

const open = '<think>';
const close = '</think>';

export function createThinkSplitter({ opened }: { readonly opened: boolean }): ThinkSplitter {
  let state: State = { phase: 'start', held: '', unclosed: '' };
  return {
    push(piece) {
      state = { ...state, held: state.held + piece };
      const parts: SplitPart[] = [];
      for (;;) {
        const next = step(state, opened);
        if (!next) return parts;
        ({ state } = next);
        if (next.part && next.part.text !== '') parts.push(next.part);
      }
    },
    end() {
      const { phase, held, unclosed } = state;
      state = { phase: 'answer', held: '', unclosed: '' };
      if (unclosed !== '') return [{ kind: 'delta', text: unclosed + held }];
      return held === '' ? [] : [{ kind: phase === 'thinking' ? 'reasoning' : 'delta', text: held }];
    },
  };
}

type State = {
  readonly phase: 'start' | 'thinking' | 'trimming' | 'answer';
  readonly held: string;
  /** What was given as thinking although no tag had opened it; the answer after all if none closes it. */
  readonly unclosed: string;
};

/** One step, or undefined while more text is needed. */
function step(state: State, opened: boolean): { readonly state: State; readonly part?: SplitPart } | undefined {
  const { phase, held } = state;
  if (held === '') return undefined;
  switch (phase) {
    case 'start': {
      const body = held.trimStart();
      if (body.startsWith(open)) return { state: { ...state, phase: 'thinking', held: body.slice(open.length) } };
      if (open.startsWith(body)) return undefined;
      return { state: { ...state, phase: opened ? 'thinking' : 'answer' } };
    }
    case 'thinking':
      return think(state, opened);
    case 'trimming': {
      const rest = held.replace(/^\n+/, '');
      return { state: { ...state, phase: rest === '' ? 'trimming' : 'answer', held: rest } };
    }
    case 'answer':
      return { state: { ...state, held: '' }, part: { kind: 'delta', text: held } };
  }
}

function think(state: State, opened: boolean): { readonly state: State; readonly part: SplitPart } | undefined {
  const { held, unclosed } = state;
  const at = held.indexOf(close);
  if (at >= 0) {
    const rest = held.slice(at + close.length);
    return {
      state: { phase: 'trimming', held: rest, unclosed: '' },
      part: { kind: 'reasoning', text: held.slice(0, at) },
    };
  }
  const safe = held.slice(0, held.length - partialEnd(held));
  if (safe === '') return undefined;
  return {
    state: { phase: 'thinking', held: held.slice(safe.length), unclosed: opened ? unclosed + safe : '' },
    part: { kind: 'reasoning', text: safe },
  };
}

/** Whether a model's template is known to open the tag, by the names such models go by. */
export function opensThinking(model: string): boolean {
  return /(?:^|[/:._-])(?:r1|qwq|reasoner|thinking|magistral)(?:[:._-]|$)/i.test(model);
}

/** How many characters at the end could be the beginning of a closing tag. */
function partialEnd(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(close.slice(0, length))) return length;
  return 0;
}

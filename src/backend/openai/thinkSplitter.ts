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
  let state: 'start' | 'thinking' | 'trimming' | 'answer' = 'start';
  let held = '';
  let unclosed = '';
  const step = (): SplitPart | undefined => {
    switch (state) {
      case 'start':
        return start();
      case 'thinking':
        return thinking();
      case 'trimming':
        return trimming();
      case 'answer':
        return take('delta', held.length);
    }
  };
  const take = (kind: SplitPart['kind'], length: number): SplitPart | undefined => {
    const text = held.slice(0, length);
    held = held.slice(length);
    return text === '' ? undefined : { kind, text };
  };
  const start = (): SplitPart | undefined => {
    const body = held.trimStart();
    if (body.startsWith(open)) {
      held = body.slice(open.length);
      state = 'thinking';
      return thinking();
    }
    if (open.startsWith(body)) return undefined;
    if (opened) {
      state = 'thinking';
      return thinking();
    }
    state = 'answer';
    return take('delta', held.length);
  };
  const thinking = (): SplitPart | undefined => {
    const at = held.indexOf(close);
    if (at < 0) {
      const part = take('reasoning', held.length - partialEnd(held));
      if (opened) unclosed += part?.text ?? '';
      return part;
    }
    unclosed = '';
    const part = take('reasoning', at);
    held = held.slice(close.length);
    state = 'trimming';
    return part ?? trimming();
  };
  const trimming = (): SplitPart | undefined => {
    held = held.replace(/^\n+/, '');
    if (held === '') return undefined;
    state = 'answer';
    return take('delta', held.length);
  };
  const drain = (): readonly SplitPart[] => {
    const parts: SplitPart[] = [];
    for (let part = step(); part !== undefined; part = step()) parts.push(part);
    return parts;
  };
  return {
    push(piece) {
      held += piece;
      return drain();
    },
    end() {
      if (unclosed !== '') return [{ kind: 'delta', text: unclosed + held }];
      const last = take(state === 'thinking' ? 'reasoning' : 'delta', held.length);
      return last ? [last] : [];
    },
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

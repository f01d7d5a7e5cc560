import type { MessageView } from '../core/protocol/view.ts';
import { createAnswer, type AnswerActs, type AnswerNode } from './answer.ts';
import { element } from './element.ts';
import { questionNode } from './question.ts';

/** The conversation on the page. */
export type Transcript = {
  readonly node: HTMLElement;
  /** Shows exactly these messages; those that are there already keep their nodes. */
  readonly show: (messages: readonly MessageView[]) => void;
  readonly put: (message: MessageView) => void;
  readonly append: (id: string, channel: 'text' | 'thinking', text: string) => void;
  readonly messages: () => readonly MessageView[];
};

type Shown = { readonly view: MessageView; readonly node: HTMLElement; readonly answer?: AnswerNode };

export function createTranscript(acts: Omit<AnswerActs, 'moved'>, moved: () => void): Transcript {
  const node = element('div', {
    class: 'transcript',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Conversation',
  });
  let shown: readonly Shown[] = [];
  const draw = (messages: readonly MessageView[]): void => {
    const old = new Map(shown.map((each) => [each.view.id, each]));
    shown = messages.map((view, index) =>
      showMessage({ view, old: old.get(view.id), isLast: index === messages.length - 1, acts: { ...acts, moved } }),
    );
    for (const [index, each] of shown.entries()) {
      const there = node.children[index];
      if (there !== each.node) node.insertBefore(each.node, there ?? null);
    }
    while (node.children.length > shown.length) node.lastElementChild?.remove();
    moved();
  };
  return {
    node,
    show: draw,
    put: (message) => {
      const views = shown.map(({ view }) => view);
      const at = views.findIndex(({ id }) => id === message.id);
      draw(at < 0 ? [...views, message] : views.with(at, message));
    },
    append: (id, channel, text) => shown.find(({ view }) => view.id === id)?.answer?.append(channel, text),
    messages: () => shown.map(({ view }) => view),
  };
}

function showMessage({
  view,
  old,
  isLast,
  acts,
}: {
  readonly view: MessageView;
  readonly old: Shown | undefined;
  readonly isLast: boolean;
  readonly acts: AnswerActs;
}): Shown {
  if (view.kind === 'question') return old?.view === view ? old : { view, node: questionNode(view) };
  const answer = old?.answer ?? createAnswer(acts);
  // An answer that is not the last one loses its "try again".
  if (old?.view !== view || answer.node.dataset['last'] !== String(isLast)) answer.update(view, isLast);
  answer.node.dataset['last'] = String(isLast);
  return { view, node: answer.node, answer };
}

import type { ActionId, AnswerView } from '../core/protocol/view.ts';
import type { WithheldChoice } from '../core/protocol/messages.ts';
import type { CodeActs } from './codeBlock.ts';
import { element } from './element.ts';
import { answerFoot, type FootActs } from './answerFoot.ts';
import { hasEnded } from './ending.ts';
import { icon } from './icons.ts';
import { problemNode } from './problem.ts';
import { createRichText } from './richText.ts';
import { withheldNode } from './withheld.ts';

/** What can be done with an answer. */
export type AnswerActs = CodeActs &
  FootActs & {
    readonly resolve: (answer: string, choice: WithheldChoice) => void;
    readonly preview: (answer: string, part: string) => void;
    readonly sendPart: (offer: string) => void;
    readonly closePart: () => void;
    readonly act: (action: ActionId, answer: string) => void;
    /** The height may have changed. */
    readonly moved: () => void;
  };

/** An answer on the page, growing or complete. */
export type AnswerNode = {
  readonly node: HTMLElement;
  readonly update: (view: AnswerView, isLast: boolean) => void;
  readonly append: (channel: 'text' | 'thinking', text: string) => void;
};

export function createAnswer(acts: AnswerActs): AnswerNode {
  const rich = createRichText(acts);
  const thought = element('div', { class: 'thinking-text' });
  const summary = element('summary', {}, 'Thinking');
  const thinking = element('details', { class: 'thinking', hidden: true }, summary, thought);
  const state = element('div', { class: 'answer-state' });
  const foot = element('div', { class: 'answer-foot' });
  const node = element('article', { class: 'answer', 'aria-label': 'Answer' }, thinking, rich.node, state, foot);
  thinking.addEventListener('toggle', acts.moved);
  let text = '';
  let thoughts = '';
  let complete = false;
  let frame = 0;
  let offered: string | undefined;
  const draw = (): void => {
    frame = 0;
    rich.update(text, complete);
    thought.textContent = thoughts.trim();
    thinking.hidden = thoughts.trim() === '';
    summary.textContent = complete || text ? 'Thought' : 'Thinking';
    summary.classList.toggle('pulsing', !complete && !text);
    acts.moved();
  };
  /** A preview that has just opened gets the focus, so that it is read before anything is agreed to. */
  const showOffer = ({ state: now }: AnswerView): void => {
    const open = now.kind === 'withheld' ? now.offer?.id : undefined;
    if (open !== undefined && open !== offered) state.querySelector<HTMLElement>('.offer-text')?.focus();
    offered = open;
  };
  return {
    node,
    update: (view, isLast) => {
      text = view.text;
      thoughts = view.thinking;
      complete = hasEnded(view);
      node.setAttribute('aria-busy', String(!complete));
      state.replaceChildren(...stateNodes(view, acts));
      foot.replaceChildren(...(complete ? answerFoot(view, { isLast, acts }) : []));
      cancelAnimationFrame(frame);
      draw();
      showOffer(view);
    },
    append: (channel, more) => {
      if (channel === 'text') text += more;
      else thoughts += more;
      frame ||= requestAnimationFrame(draw);
    },
  };
}

function stateNodes({ id, state }: AnswerView, acts: AnswerActs): readonly Node[] {
  switch (state.kind) {
    case 'working':
      return [element('div', { class: 'working' }, element('span', { class: 'dots' }), state.note)];
    case 'streaming':
      return [];
    case 'done':
      return state.note === undefined ? [] : [element('p', { class: 'note' }, icon('warning'), state.note)];
    case 'stopped':
      return [element('p', { class: 'note' }, 'Stopped.')];
    case 'withheld':
      return [
        withheldNode(state, {
          choose: (choice) => acts.resolve(id, choice),
          preview: (part) => acts.preview(id, part),
          send: acts.sendPart,
          close: acts.closePart,
        }),
      ];
    case 'problem':
      return [problemNode(state.problem, (action) => acts.act(action, id))];
  }
}

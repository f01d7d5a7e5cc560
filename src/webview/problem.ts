import type { ActionId, ActionView, ProblemView } from '../core/protocol/view.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** What went wrong, in one sentence, and the one button that helps. */
export function problemNode(
  { message, detail, action, other }: ProblemView,
  act: (action: ActionId) => void,
): HTMLElement {
  return element(
    'div',
    { class: 'problem' },
    element(
      'div',
      { class: 'problem-words' },
      icon('warning'),
      element('div', {}, element('p', {}, message), detail && element('p', { class: 'soft' }, detail)),
    ),
    element('div', { class: 'choices' }, choice(action, 'primary', act), choice(other, 'secondary', act)),
  );
}

function choice(action: ActionView | undefined, kind: string, act: (action: ActionId) => void): Node | undefined {
  return action && button({ name: action.label, kind, text: true }, undefined, () => act(action.id));
}

import type { ActionId, ProblemView } from '../core/protocol/view.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** What went wrong, in one sentence, and the one button that helps. */
export function problemNode({ message, detail, action }: ProblemView, act: (action: ActionId) => void): HTMLElement {
  return element(
    'div',
    { class: 'problem' },
    element(
      'div',
      { class: 'problem-words' },
      icon('warning'),
      element('div', {}, element('p', {}, message), detail && element('p', { class: 'soft' }, detail)),
    ),
    action && button({ name: action.label, kind: 'primary', text: true }, undefined, () => act(action.id)),
  );
}

import type { WithheldChoice } from '../core/protocol/messages.ts';
import type { AnswerStateView } from '../core/protocol/view.ts';
import { zoneWords } from '../core/protocol/words.ts';
import { leftOutList } from './chips.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

type Withheld = Extract<AnswerStateView, { readonly kind: 'withheld' }>;

/** Says what may not go where the question would, and offers what can be done instead. Nothing was sent yet. */
export function withheldNode({ zone, items, local }: Withheld, choose: (choice: WithheldChoice) => void): HTMLElement {
  const count = items.length === 1 ? 'One part' : `${items.length} parts`;
  const where = zone === 'cloud' ? 'the cloud' : zoneWords[zone];
  return element(
    'div',
    { class: 'withheld', role: 'group', 'aria-label': 'Parts held back' },
    element('p', { class: 'withheld-head' }, icon('lock'), `${count} of this chat may not go to ${where}.`),
    element('p', { class: 'soft' }, 'Nothing has been sent.'),
    leftOutList(items),
    element(
      'div',
      { class: 'choices' },
      choice('Send without them', 'primary', () => choose('without')),
      local !== undefined && choice(`Stay local: ${local}`, 'secondary', () => choose('local')),
      choice('Start afresh', 'secondary', () => choose('afresh')),
    ),
  );
}

function choice(name: string, kind: string, act: () => void): HTMLElement {
  return button({ name, kind, text: true }, undefined, act);
}

import type { WithheldChoice } from '../core/protocol/messages.ts';
import type { AnswerStateView } from '../core/protocol/view.ts';
import { zoneWords } from '../core/protocol/words.ts';
import { leftOutList } from './chips.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';
import { offerNode, type OfferActs } from './offer.ts';

type Withheld = Extract<AnswerStateView, { readonly kind: 'withheld' }>;

export type WithheldActs = OfferActs & {
  readonly choose: (choice: WithheldChoice) => void;
  /** Shows a part exactly as it would be sent. */
  readonly preview: (part: string) => void;
};

/** Says what may not go where the question would, and offers what can be done instead. Nothing was sent yet. */
export function withheldNode(withheld: Withheld, acts: WithheldActs): HTMLElement {
  const { zone, items, local, whole, offer, granted = [] } = withheld;
  const count = items.length === 1 ? 'One part' : `${items.length} parts`;
  const where = zone === 'cloud' ? 'the cloud' : zoneWords[zone];
  return element(
    'div',
    { class: 'withheld', role: 'group', 'aria-label': 'Parts held back' },
    element('p', { class: 'withheld-head' }, icon('lock'), `${count} of this chat may not go to ${where}.`),
    element('p', { class: 'soft' }, 'Nothing has been sent.'),
    granted.length > 0 && element('p', { class: 'soft' }, `As you agreed, this goes along: ${granted.join(', ')}.`),
    leftOutList(
      items,
      ({ id, title, mayDeclassify }) => mayDeclassify === true && afterAll(title, () => acts.preview(id)),
    ),
    offer && offerNode(offer, acts),
    // While a part is looked at there are two ways on: below its text.
    element(
      'div',
      { class: 'choices', hidden: offer !== undefined },
      whole !== true && choice('Send without them', 'primary', () => acts.choose('without')),
      local !== undefined && choice(`Stay local: ${local}`, 'secondary', () => acts.choose('local')),
      whole !== true && choice('Start afresh', 'secondary', () => acts.choose('afresh')),
    ),
  );
}

function afterAll(title: string, act: () => void): HTMLElement {
  const made = button({ name: 'Send this part after all…', kind: 'link after-all', text: true }, undefined, act);
  made.setAttribute('aria-label', `Send ${title} after all…`);
  return made;
}

function choice(name: string, kind: string, act: () => void): HTMLElement {
  return button({ name, kind, text: true }, undefined, act);
}

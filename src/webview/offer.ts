import type { OfferView } from '../core/protocol/view.ts';
import { formatBytes } from '../core/protocol/amounts.ts';
import { zoneWords } from '../core/protocol/words.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';
import { visibleText } from './visibleText.ts';

export type OfferActs = {
  readonly send: (offer: string) => void;
  readonly close: () => void;
};

/** Milliseconds before the second act counts, so that a double click on the first is not it. */
const pause = 600;

/** The very text that would go, what holds it back and where it would go. Only the button below it sends. */
export function offerNode({ id, title, text, rules, why, host, model, zone }: OfferView, acts: OfferActs): HTMLElement {
  const send = button({ name: `Send exactly this to ${host}`, kind: 'primary', text: true }, undefined, () =>
    acts.send(id),
  );
  send.disabled = true;
  setTimeout(() => (send.disabled = false), pause);
  const size = formatBytes(new TextEncoder().encode(text).byteLength);
  return element(
    'div',
    { class: 'offer', role: 'group', 'aria-label': 'Exact preview' },
    element('p', { class: 'withheld-head' }, icon('warning'), `This would leave: ${title}, ${size}`),
    element(
      'dl',
      { class: 'offer-facts' },
      ...fact('Goes to', `${host} (${model}, ${zoneWords[zone]})`),
      ...(rules.length > 0 ? rules.flatMap((rule) => fact('Held by', rule)) : fact('Held by', why)),
    ),
    element(
      'pre',
      { class: 'offer-text', tabindex: '0', role: 'region', 'aria-label': `Exact text of ${title}` },
      ...visibleText(text),
    ),
    element('p', { class: 'soft' }, 'For this one request. It is recorded, and the answer stays under the same rule.'),
    element(
      'div',
      { class: 'choices' },
      button({ name: 'Keep it here', kind: 'secondary', text: true }, undefined, acts.close),
      send,
    ),
  );
}

function fact(name: string, words: string): readonly Node[] {
  return words === '' ? [] : [element('dt', {}, name), element('dd', {}, words)];
}

import type { AttachmentView, LeftOutView, Reach } from '../core/protocol/view.ts';
import { reachWords } from '../core/protocol/words.ts';
import { button, element } from './element.ts';
import { icon, reachIcon } from './icons.ts';

/** A small label with an icon; its explanation shows on hover and focus, and is read out with it. */
export function chip({
  kind,
  drawing,
  words,
  explained,
}: {
  readonly kind: string;
  readonly drawing: Node;
  readonly words: string;
  readonly explained?: string;
}): HTMLElement {
  const node = element(
    'span',
    { class: `chip ${kind}` },
    drawing,
    element('span', { class: 'chip-words' }, ...pieces(words)),
  );
  if (explained) {
    node.title = explained;
    node.tabIndex = 0;
    node.append(element('span', { class: 'unseen' }, `. ${explained}`));
  }
  return node;
}

/** A line of several facts breaks between them. */
function pieces(words: string): readonly (Node | string)[] {
  const facts = words.split(' · ');
  if (facts.length === 1) return facts;
  return facts.flatMap((fact, at) => [...(at > 0 ? [' · '] : []), element('span', { class: 'chip-fact' }, fact)]);
}

/** What goes along with a question: its name, how far it may go, and by which rule. */
export function attachmentChip(attachment: AttachmentView, remove?: () => void): HTMLElement {
  const { title, reach, why } = attachment;
  const node = chip({
    kind: `attachment reach-${reach}`,
    drawing: reachIcon(reach),
    words: title,
    explained: reachExplained(reach, why),
  });
  if (reach !== 'cloud') node.append(element('span', { class: 'chip-reach' }, reachWords[reach]));
  if (remove) node.append(button({ name: `Remove ${title}`, kind: 'chip-remove' }, icon('close'), remove));
  return node;
}

/** Where a copy in a text comes from. It goes when the copy is taken out of the text, so it has no button. */
export function pastedChip(pasted: AttachmentView): HTMLElement {
  const node = attachmentChip(pasted);
  node.classList.add('pasted');
  return node;
}

/** A list of what stayed behind, each with its reason. */
export function leftOutList(items: readonly LeftOutView[], after?: (item: LeftOutView) => Node | false): HTMLElement {
  return element(
    'ul',
    { class: 'left-out' },
    ...items.map((item) =>
      element(
        'li',
        {},
        reachIcon(item.reach),
        element('span', {}, element('strong', {}, item.title), ` ${item.why}`, after?.(item)),
      ),
    ),
  );
}

function reachExplained(reach: Reach, why: string): string {
  return why || `No rule holds it back: it ${reachWords[reach]}.`;
}

import { element } from './element.ts';

/** Tells a screen reader something once. `node` stands in the page for browsers that need one. */
export type Announcer = { readonly node: HTMLElement; readonly say: (text: string) => void };

/** Milliseconds after which every screen reader has taken the text over. */
const lasting = 1000;

export function createAnnouncer(): Announcer {
  const node = element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  return {
    node,
    say: (text) => {
      if ('ariaNotify' in document && typeof document.ariaNotify === 'function') {
        document.ariaNotify(text);
        return;
      }
      node.textContent = text;
      // Gone again, so that nobody reads the same words a second time while walking through the page.
      setTimeout(() => (node.textContent = ''), lasting);
    },
  };
}

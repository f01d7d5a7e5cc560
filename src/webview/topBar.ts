import { button, element } from './element.ts';
import { icon } from './icons.ts';

/**
 * The line above the conversation: earlier chats, a new one, and the title once the question that it repeats has scrolled
 * out of sight.
 */
export type TopBar = { readonly node: HTMLElement; readonly update: (title: string) => void };

export function createTopBar(
  area: HTMLElement,
  acts: {
    readonly newChat: () => void;
    readonly earlier: (owner: HTMLElement) => void;
  },
): TopBar {
  const title = element('h1', { class: 'title' });
  const earlier = button({ name: 'Earlier chats', kind: 'tool' }, icon('history'), () => acts.earlier(earlier));
  earlier.setAttribute('aria-haspopup', 'listbox');
  let text = '';
  const draw = (): void => {
    const shown = area.scrollTop > 40 ? text : '';
    if (title.textContent === shown) return;
    title.textContent = shown;
    title.title = shown;
  };
  area.addEventListener('scroll', draw);
  const fresh = button({ name: 'New chat', kind: 'tool' }, icon('add'), acts.newChat);
  return {
    node: element('header', { class: 'top' }, title, earlier, fresh),
    update: (next) => {
      text = next;
      draw();
    },
  };
}

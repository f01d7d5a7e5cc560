import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** The line above the conversation: its title, earlier chats, a new one. */
export type TopBar = { readonly node: HTMLElement; readonly update: (title: string) => void };

export function createTopBar(acts: {
  readonly newChat: () => void;
  readonly earlier: (owner: HTMLElement) => void;
}): TopBar {
  const title = element('h1', { class: 'title' });
  const earlier = button({ name: 'Earlier chats', kind: 'tool' }, icon('history'), () => acts.earlier(earlier));
  earlier.setAttribute('aria-haspopup', 'listbox');
  const fresh = button({ name: 'New chat', kind: 'tool' }, icon('add'), acts.newChat);
  return {
    node: element('header', { class: 'top' }, title, earlier, fresh),
    update: (text) => {
      title.textContent = text;
      title.title = text;
    },
  };
}

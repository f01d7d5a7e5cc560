import { cleanFragment } from './clean.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';
import { highlight } from './languages.ts';

/** What the buttons of a code block do. */
export type CodeActs = { readonly copy: (text: string) => void; readonly insert: (text: string) => void };

/** A code block on the page. It is updated in place, so that its buttons keep the focus while code still comes. */
export type CodeBlock = {
  readonly node: HTMLElement;
  readonly update: (code: string, language: string, closed: boolean) => void;
};

/** Longest code that is highlighted while it grows; beyond, it gets its colours when it is complete. */
const liveLimit = 8_000;
/** Longest code that is highlighted at all. */
const limit = 200_000;

export function createCodeBlock(acts: CodeActs): CodeBlock {
  let shown = '';
  let state = '';
  const name = element('span', { class: 'code-language' });
  const code = element('code');
  const copy = button({ name: 'Copy', kind: 'tool' }, icon('copy'), () => {
    acts.copy(shown);
    acknowledge(copy);
  });
  const insert = button({ name: 'Insert at cursor', kind: 'tool' }, icon('insert'), () => acts.insert(shown));
  const frame = element('div', { class: 'code-frame', tabindex: '0', role: 'region' }, element('pre', {}, code));
  const node = element('div', { class: 'code' }, element('div', { class: 'code-bar' }, name, copy, insert), frame);
  return {
    node,
    update: (text, language, closed) => {
      const next = `${language}:${closed}:${text}`;
      if (next === state) return;
      state = next;
      shown = text.replace(/\n$/, '');
      name.textContent = language;
      frame.setAttribute('aria-label', language ? `${language} code` : 'code');
      const coloured = shown.length <= (closed ? limit : liveLimit) ? highlight(shown, language) : undefined;
      code.replaceChildren(coloured === undefined ? shown : cleanFragment(`<span>${coloured}</span>`));
    },
  };
}

/** A tick for a moment; the screen reader hears the new name. */
function acknowledge(copy: HTMLButtonElement): void {
  copy.replaceChildren(icon('check'));
  copy.setAttribute('aria-label', 'Copied');
  setTimeout(() => {
    copy.replaceChildren(icon('copy'));
    copy.setAttribute('aria-label', 'Copy');
  }, 1500);
}

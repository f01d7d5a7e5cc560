import { element } from './element.ts';

/** The text box of the composer. */
export function createQuestionBox(): HTMLTextAreaElement {
  return element('textarea', {
    class: 'box',
    rows: '1',
    'aria-label': 'Ask Ringfence',
    placeholder: 'Ask Ringfence — @ attaches a file',
    'aria-autocomplete': 'list',
    'aria-controls': 'mention-list',
  });
}

/** As high as its text, up to what the style sheet allows. */
export function fit(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}

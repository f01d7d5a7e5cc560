import type { QuestionView } from '../core/protocol/view.ts';
import { attachmentChip, pastedChip } from './chips.ts';
import { element } from './element.ts';

/** What the user asked, with what went along. Plain text: nobody's Markdown but the model's is rendered. */
export function questionNode({ text, attachments, pasted = [] }: QuestionView): HTMLElement {
  const chips = [...attachments.map((each) => attachmentChip(each)), ...pasted.map(pastedChip)];
  return element(
    'article',
    { class: 'question', 'aria-label': 'You' },
    chips.length > 0 && element('div', { class: 'chips' }, ...chips),
    element('p', { class: 'question-text' }, text),
  );
}

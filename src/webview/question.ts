import type { QuestionView } from '../core/protocol/view.ts';
import { attachmentChip } from './chips.ts';
import { element } from './element.ts';

/** What the user asked, with what went along. Plain text: nobody's Markdown but the model's is rendered. */
export function questionNode({ text, attachments }: QuestionView): HTMLElement {
  return element(
    'article',
    { class: 'question', 'aria-label': 'You' },
    attachments.length > 0 && element('div', { class: 'chips' }, ...attachments.map((each) => attachmentChip(each))),
    element('p', { class: 'question-text' }, text),
  );
}

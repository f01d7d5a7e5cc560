import { escapeHtml } from '../../audit/html.ts';
import { reveal } from '../../label/labelled.ts';
import type { PromptPart } from './promptParts.ts';

/**
 * The text of each part, laid open for the user whose text it is. Goes into a view that can load and send nothing, never to
 * disk and never into a copy. What the model has to read anew is underlined.
 */
export function exactText(parts: readonly PromptPart[]): string {
  const note = `<p class="note">Only on this screen: it is not stored, and "Copy as Markdown" leaves it out. The server gets the parts between the control words of the model's family; underlined is what it reads anew.</p>`;
  return note + parts.map(partText).join('\n');
}

function partText(part: PromptPart, index: number): string {
  const text = reveal(part.text);
  const kept = escapeHtml(text.slice(0, part.keptChars));
  const anew = escapeHtml(text.slice(part.keptChars));
  const body = part.fate === 'sent' ? `${kept}${anew === '' ? '' : `<ins>${anew}</ins>`}` : escapeHtml(text);
  const fate = part.fate === 'sent' ? '' : ` <small>${part.fate}</small>`;
  const open = part.role === 'context' ? '' : ' open';
  return `<details${open}><summary>${index + 1}. <span class="path">${escapeHtml(part.title)}</span>${fate}</summary><pre tabindex="0" aria-label="${escapeHtml(part.title)}">${body === '' ? '<i>empty</i>' : body}</pre></details>`;
}

import { button } from './element.ts';
import { icon } from './icons.ts';
import type { Picker } from './picker.ts';

/** The button that offers what can go along with a question. */
export function createAttachMenu(
  picker: Picker,
  acts: { readonly attach: (what: 'file' | 'selection') => void; readonly other: () => void },
): HTMLButtonElement {
  const clip = button({ name: 'Attach', kind: 'tool' }, icon('clip'), () =>
    picker.open({
      name: 'Attach',
      side: 'bottom',
      owner: clip,
      choices: [
        { id: 'file', label: 'Current file', drawing: icon('file') },
        { id: 'selection', label: 'Selection', drawing: icon('file') },
        { id: 'other', label: 'Another file…', detail: 'or type @ and its name', drawing: icon('file') },
      ],
      choose: ({ id }) => {
        if (id === 'file' || id === 'selection') acts.attach(id);
        else acts.other();
      },
    }),
  );
  clip.setAttribute('aria-haspopup', 'listbox');
  return clip;
}

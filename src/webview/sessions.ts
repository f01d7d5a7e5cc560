import type { SessionView } from '../core/protocol/view.ts';
import { button } from './element.ts';
import { icon } from './icons.ts';
import type { Choice } from './listbox.ts';
import type { Picker } from './picker.ts';

export const sessionsName = 'Earlier chats';

/** Opens the list of earlier chats; it is filled when the host has told them. */
export function openSessions(picker: Picker, owner: HTMLElement, open: (id: string) => void): void {
  picker.open({
    name: sessionsName,
    choices: [{ id: '', label: 'Looking…', inert: true }],
    side: 'top',
    owner,
    choose: ({ id }) => open(id),
  });
}

export function sessionChoices(
  sessions: readonly SessionView[],
  current: string,
  remove: (id: string) => void,
): readonly Choice[] {
  if (sessions.length === 0) return [{ id: '', label: 'No earlier chats', inert: true }];
  return sessions.map(({ id, title, updatedAt }) => ({
    id,
    label: title,
    detail: [new Date(updatedAt).toLocaleString(undefined, when), ...(id === current ? ['open now'] : [])].join(' · '),
    extra: removeButton(title, () => remove(id)),
  }));
}

const when = { dateStyle: 'medium', timeStyle: 'short' } as const;

function removeButton(title: string, remove: () => void): HTMLButtonElement {
  return button({ name: `Delete ${title}`, kind: 'tool' }, icon('trash'), (event) => {
    event.stopPropagation();
    remove();
  });
}

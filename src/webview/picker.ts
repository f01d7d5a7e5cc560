import { element } from './element.ts';
import { createListbox, type Choice } from './listbox.ts';

/** A list that opens above or below a button, with a field to narrow it. One is open at a time. */
export type Picker = {
  readonly node: HTMLElement;
  readonly open: (opening: Opening) => void;
  /** New choices for a list that is open; the others it ignores. */
  readonly refresh: (name: string, choices: readonly Choice[]) => void;
  readonly close: () => void;
  readonly isOpen: () => boolean;
};

export type Opening = {
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly active?: string;
  /** Where it hangs: under the top bar or over the composer. */
  readonly side: 'top' | 'bottom';
  /** Gets the focus back. */
  readonly owner: HTMLElement;
  readonly choose: (choice: Choice) => void;
};

export function createPicker(): Picker {
  const field = element('input', {
    class: 'picker-field',
    type: 'text',
    role: 'combobox',
    'aria-controls': 'picker-list',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let opening: Opening | undefined;
  const close = (): void => {
    if (!opening) return;
    const { owner } = opening;
    opening = undefined;
    node.hidden = true;
    list.show([]);
    owner.setAttribute('aria-expanded', 'false');
    if (node.contains(document.activeElement)) owner.focus();
  };
  const choose = (choice: Choice): void => {
    const chosen = opening;
    close();
    chosen?.choose(choice);
  };
  const list = createListbox({ id: 'picker-list', name: 'Choices', field }, choose);
  const node = element('div', { class: 'picker', hidden: true }, field, list.node);
  const narrow = (active?: string): void => list.show(matching(opening?.choices ?? [], field.value), active);
  field.addEventListener('input', () => narrow());
  node.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') list.move(1);
    else if (event.key === 'ArrowUp') list.move(-1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === field) {
      const active = list.active();
      if (active) choose(active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  node.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && node.contains(event.relatedTarget))) close();
  });
  return {
    node,
    close,
    isOpen: () => opening !== undefined,
    refresh: (name, choices) => {
      if (opening?.name !== name) return;
      opening = { ...opening, choices };
      narrow(list.active()?.id);
    },
    open: (next) => {
      close();
      opening = next;
      node.hidden = false;
      node.dataset['side'] = next.side;
      next.owner.setAttribute('aria-expanded', 'true');
      field.value = '';
      field.placeholder = next.name;
      field.setAttribute('aria-label', next.name);
      narrow(next.active);
      field.focus();
    },
  };
}

/** All words that were typed, in any order, in label, detail or group. */
function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter((choice) => {
    const text = `${choice.label} ${choice.detail ?? ''} ${choice.group ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

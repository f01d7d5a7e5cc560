import { element } from './element.ts';

/** One thing to choose. Things of the same group stand together under its name. */
export type Choice = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly drawing?: Node;
  readonly title?: string;
  readonly group?: string;
  /** A remark inside the list, not to be chosen. */
  readonly inert?: boolean;
  /** An extra button at the end of the line. */
  readonly extra?: HTMLElement;
};

/** A list of choices driven by the keys of the field that it belongs to; the focus stays in that field. */
export type Listbox = {
  readonly node: HTMLElement;
  readonly show: (choices: readonly Choice[], active?: string) => void;
  /** Moves by so many choices, round the ends. */
  readonly move: (by: number) => void;
  readonly active: () => Choice | undefined;
};

/** `id` is the list's in the page; `field` names its active choice to a screen reader. */
export function createListbox(
  { id, name, field }: { readonly id: string; readonly name: string; readonly field: HTMLElement },
  choose: (choice: Choice) => void,
): Listbox {
  const node = element('div', { class: 'listbox', id, role: 'listbox', 'aria-label': name });
  let choices: readonly Choice[] = [];
  let at = -1;
  const mark = (): void => {
    for (const option of node.querySelectorAll('[role=option]'))
      option.setAttribute('aria-selected', String(option.id === `${id}-${at}`));
    const current = at < 0 ? undefined : document.getElementById(`${id}-${at}`);
    if (current) field.setAttribute('aria-activedescendant', current.id);
    else field.removeAttribute('aria-activedescendant');
    current?.scrollIntoView({ block: 'nearest' });
  };
  const optionOf = (choice: Choice, index: number): HTMLElement => {
    const option = optionNode(choice, `${id}-${index}`);
    if (choice.inert) return option;
    // Before the field loses the focus to the click.
    option.addEventListener('mousedown', (event) => event.preventDefault());
    option.addEventListener('click', () => choose(choice));
    return option;
  };
  return {
    node,
    show: (next, active) => {
      choices = next;
      at = choices.findIndex((choice) => !choice.inert && (active === undefined || choice.id === active));
      if (at < 0) at = choices.findIndex((choice) => !choice.inert);
      node.replaceChildren(...grouped(choices, optionOf));
      mark();
    },
    move: (by) => {
      const open = choices.flatMap((choice, index) => (choice.inert ? [] : [index]));
      if (open.length === 0) return;
      const place = open.indexOf(at) + by;
      at = open[(place + open.length) % open.length] ?? -1;
      mark();
    },
    active: () => choices[at],
  };
}

function grouped(
  choices: readonly Choice[],
  optionOf: (choice: Choice, index: number) => HTMLElement,
): readonly HTMLElement[] {
  let group: string | undefined;
  return choices.flatMap((choice, index) => {
    const head = choice.group !== group && choice.group ? [groupNode(choice.group)] : [];
    group = choice.group;
    return [...head, optionOf(choice, index)];
  });
}

function groupNode(name: string): HTMLElement {
  return element('div', { class: 'option-group', role: 'presentation' }, name);
}

function optionNode({ label, detail, drawing, title, inert, extra }: Choice, id: string): HTMLElement {
  const words = element(
    'span',
    { class: 'option-words' },
    element('span', { class: 'option-label' }, label),
    detail && element('span', { class: 'option-detail' }, detail),
  );
  if (inert) return element('div', { class: 'option-note', role: 'presentation' }, drawing, words);
  return element(
    'div',
    { class: 'option', id, role: 'option', 'aria-selected': 'false', title },
    drawing,
    words,
    extra,
  );
}

import type { FoundFileView } from '../core/protocol/view.ts';
import { reachWords } from '../core/protocol/words.ts';
import { reachIcon } from './icons.ts';
import { createListbox, type Choice } from './listbox.ts';

/** The list of files that opens while `@name` is being typed. The focus stays in the text box. */
export type Mention = {
  readonly node: HTMLElement;
  readonly isOpen: () => boolean;
  /** Looks at the text before the caret; opens, narrows or closes. */
  readonly look: () => void;
  readonly found: (request: number, files: readonly FoundFileView[]) => void;
  /** Whether the key was the list's. */
  readonly key: (event: KeyboardEvent) => boolean;
  readonly close: () => void;
};

export function createMention(
  box: HTMLTextAreaElement,
  acts: {
    readonly find: (request: number, query: string) => void;
    readonly attach: (uri: string) => void;
    readonly changed: () => void;
  },
): Mention {
  let request = 0;
  let open = false;
  let files: readonly FoundFileView[] = [];
  const close = (): void => {
    open = false;
    list.node.hidden = true;
    list.show([]);
    box.removeAttribute('aria-activedescendant');
  };
  const choose = ({ id }: Choice): void => {
    const query = queryAt(box);
    const file = files.find(({ uri }) => uri === id);
    close();
    if (!file || query === undefined) return;
    acts.attach(file.uri);
    // The name of a file that is held back does not become part of the question by a click.
    const stays = file.reach === 'cloud' ? `@${file.name} ` : '';
    box.setRangeText(stays, box.selectionStart - query.length - 1, box.selectionStart, 'end');
    box.focus();
    acts.changed();
  };
  const list = createListbox({ id: 'mention-list', name: 'Files', field: box }, choose);
  list.node.classList.add('mention');
  list.node.hidden = true;
  return {
    node: list.node,
    isOpen: () => open,
    close,
    look: () => {
      const query = queryAt(box);
      if (query === undefined) return close();
      open = true;
      acts.find(++request, query);
    },
    found: (answered, next) => {
      if (!open || answered !== request) return;
      files = next;
      list.node.hidden = false;
      list.show(next.length > 0 ? next.map(choiceOf) : [{ id: '', label: 'No file of that name', inert: true }]);
    },
    key: ({ key, shiftKey, isComposing }) => {
      if (!open || list.node.hidden || isComposing || shiftKey) return false;
      if (key === 'ArrowDown') list.move(1);
      else if (key === 'ArrowUp') list.move(-1);
      else if (key === 'Escape') close();
      else if (key === 'Enter' || key === 'Tab') {
        const active = list.active();
        if (!active) return false;
        choose(active);
      } else return false;
      return true;
    },
  };
}

/** What stands between an `@` that begins a word and the caret; undefined where there is none. */
function queryAt(box: HTMLTextAreaElement): string | undefined {
  if (box.selectionStart !== box.selectionEnd) return undefined;
  return /(?:^|\s)@([^\s@]{0,100})$/.exec(box.value.slice(0, box.selectionStart))?.[1];
}

function choiceOf({ uri, name, folder, reach, why }: FoundFileView): Choice {
  const held = reach === 'cloud' ? [] : [reachWords[reach]];
  return {
    id: uri,
    label: name,
    detail: [folder, ...held].filter(Boolean).join(' · '),
    drawing: reachIcon(reach),
    ...(why ? { title: why } : {}),
  };
}

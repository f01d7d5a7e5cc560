import type { ActionId, FoundFileView, PanelView } from '../core/protocol/view.ts';
import { createAttachMenu } from './attachMenu.ts';
import { attachmentChip, pastedChip } from './chips.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';
import { createMention } from './mention.ts';
import { createModelButton } from './modelButton.ts';
import type { Picker } from './picker.ts';
import { watchPastes } from './pastes.ts';
import { createQuestionBox, fit } from './questionBox.ts';

/** Where questions are written. */
export type Composer = {
  readonly node: HTMLElement;
  readonly update: (panel: PanelView) => void;
  readonly found: (request: number, files: readonly FoundFileView[]) => void;
  readonly focus: () => void;
  /** The host has taken the question: the box is free for the next one. */
  readonly taken: (text: string) => void;
  readonly draft: () => Draft;
  readonly restore: (draft: Draft) => void;
  readonly chooseModel: () => void;
};

/** What was written and not sent; `replaces` is the question it would take the place of. */
export type Draft = { readonly text: string; readonly replaces?: string };

export type ComposerActs = {
  readonly ask: (draft: Draft) => void;
  readonly stop: () => void;
  readonly attach: (what: 'file' | 'selection') => void;
  readonly attachUri: (uri: string) => void;
  readonly detach: (id: string) => void;
  readonly find: (request: number, query: string) => void;
  readonly chooseModel: (ref: string) => void;
  readonly refreshModels: () => void;
  /** The last question, to be written anew. */
  readonly lastQuestion: () => { readonly id: string; readonly text: string } | undefined;
  readonly changed: (draft: Draft) => void;
  /** Something was pasted into what is written; it may come from a document. */
  readonly drafting: (text: string) => void;
  /** Does what helps against the trouble of a server. */
  readonly act: (action: ActionId) => void;
};

export function createComposer(picker: Picker, acts: ComposerActs): Composer {
  const box = createQuestionBox();
  const chips = element('div', { class: 'chips', role: 'group', 'aria-label': 'Attachments', hidden: true });
  const editing = element('div', { class: 'editing', hidden: true }, element('span', {}, 'Editing your last message'));
  const send = button({ name: 'Send', kind: 'round primary' }, icon('send'), () => ask());
  const stop = button({ name: 'Stop', kind: 'round secondary' }, icon('stop'), acts.stop);
  const model = createModelButton(picker, acts);
  let replaces: string | undefined;
  let panel: PanelView | undefined;

  const draft = (): Draft => ({ text: box.value, ...(replaces === undefined ? {} : { replaces }) });
  const changed = (): void => {
    fit(box);
    send.disabled = box.value.trim() === '' || panel?.model === undefined;
    editing.hidden = replaces === undefined;
    acts.changed(draft());
  };
  const write = (next: Draft): void => {
    box.value = next.text;
    replaces = next.replaces;
    changed();
    pastes.look();
  };
  const ask = (): void => {
    if (!send.disabled && !panel?.busy) acts.ask(draft());
  };
  const mention = createMention(box, { find: acts.find, attach: acts.attachUri, changed });
  const clip = createAttachMenu(picker, { attach: acts.attach, other: () => mentionAtEnd() });
  const mentionAtEnd = (): void => {
    box.value = /(?:^|\s)$/.test(box.value) ? `${box.value}@` : `${box.value} @`;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    changed();
    mention.look();
  };
  const editLast = (): boolean => {
    const last = box.value === '' ? acts.lastQuestion() : undefined;
    if (last) write({ text: last.text, replaces: last.id });
    return last !== undefined;
  };
  editing.append(button({ name: 'Cancel editing', kind: 'chip-remove' }, icon('close'), () => write({ text: '' })));
  const pastes = watchPastes(box, acts.drafting);
  box.addEventListener('input', () => {
    changed();
    mention.look();
  });
  box.addEventListener('blur', mention.close);
  box.addEventListener('keydown', (event) => {
    const { key, shiftKey, isComposing } = event;
    if (mention.key(event)) event.stopPropagation();
    else if (key === 'Enter' && !shiftKey && !isComposing) ask();
    else if (key === 'ArrowUp' && !panel?.busy && editLast()) return event.preventDefault();
    else if (key === 'Escape' && replaces !== undefined) write({ text: '' });
    else return;
    event.preventDefault();
  });
  return {
    node: element(
      'form',
      { class: 'composer', role: 'group', 'aria-label': 'Question' },
      mention.node,
      chips,
      editing,
      box,
      element('div', { class: 'composer-bar' }, clip, model.node, send, stop),
    ),
    update: (next) => {
      panel = next;
      model.update(next);
      showChips(chips, next, acts);
      const focused = document.activeElement === (next.busy ? send : stop);
      send.hidden = next.busy;
      stop.hidden = !next.busy;
      if (focused) (next.busy ? stop : box).focus();
      changed();
    },
    found: mention.found,
    focus: () => box.focus(),
    taken: (text) => {
      if (box.value.trim() === text.trim()) write({ text: '' });
    },
    draft,
    restore: write,
    chooseModel: model.open,
  };
}

function showChips(chips: HTMLElement, { attachments, pasted = [] }: PanelView, acts: ComposerActs): void {
  chips.hidden = attachments.length + pasted.length === 0;
  chips.replaceChildren(
    ...attachments.map((each) => attachmentChip(each, () => acts.detach(each.id))),
    ...pasted.map(pastedChip),
  );
}

import type { ToHost, ToPanel } from '../core/protocol/messages.ts';
import type { ActionId, MessageView, PanelView } from '../core/protocol/view.ts';
import { createAnnouncer } from './announcer.ts';
import { createComposer, type Draft } from './composer.ts';
import { dockNodes } from './dock.ts';
import { element } from './element.ts';
import { hasEnded, spoken } from './ending.ts';
import { emptyNode } from './empty.ts';
import { followLinks } from './links.ts';
import { openModels } from './modelButton.ts';
import { answerActs, composerActs } from './panelActs.ts';
import { createPicker } from './picker.ts';
import { createStickyScroll } from './scroll.ts';
import { openSessions, sessionChoices, sessionsName } from './sessions.ts';
import { createTopBar } from './topBar.ts';
import { createTranscript } from './transcript.ts';

/** The whole panel, as a thing that takes messages of the host and sends its own. */
export type Panel = { readonly receive: (message: ToPanel) => void; readonly restore: (draft: Draft) => void };

export function createPanel(
  body: HTMLElement,
  host: { readonly send: (message: ToHost) => void; readonly remember: (draft: Draft) => void },
): Panel {
  const { send } = host;
  let panel: PanelView | undefined;
  const picker = createPicker();
  const act = (action: ActionId, answer?: string): void => {
    if (action === 'choose-model') composer.chooseModel();
    else send({ kind: 'act', action, ...(answer === undefined ? {} : { answer }) });
  };
  const transcript = createTranscript(
    answerActs(send, {
      act,
      pickModel: (owner, choose) => openModels({ picker, panel, owner, choose, act }),
    }),
    () => scroll.moved(),
  );
  const composer = createComposer(
    picker,
    composerActs(send, {
      asking: () => scroll.toBottom(),
      lastQuestion: () => transcript.messages().findLast((message) => message.kind === 'question'),
      changed: host.remember,
    }),
  );
  const empty = element('div', { class: 'empty-place' });
  const area = element('main', { class: 'area', tabindex: '0' }, empty, transcript.node);
  const top = createTopBar(area, {
    newChat: () => {
      send({ kind: 'new-chat' });
      composer.focus();
    },
    earlier: (owner) => {
      openSessions(picker, owner, (id) => send({ kind: 'open-session', id }));
      send({ kind: 'list-sessions' });
    },
  });
  const scroll = createStickyScroll(area);
  const dock = element('div', { class: 'dock' });
  const announcer = createAnnouncer();
  const drawPanel = (next: PanelView): void => {
    panel = next;
    top.update(next.title);
    composer.update(next);
    dock.replaceChildren(...dockNodes(next, () => send({ kind: 'cancel-pull' })));
    transcript.node.setAttribute('aria-busy', String(next.busy));
    drawEmpty();
  };
  const drawEmpty = (): void => {
    const isEmpty = transcript.messages().length === 0;
    empty.hidden = !isEmpty;
    empty.replaceChildren(...(isEmpty && panel ? [emptyNode(panel, (action) => act(action))] : []));
  };
  const drawMessage = (message: MessageView): void => {
    const before = transcript.messages().find(({ id }) => id === message.id);
    transcript.put(message);
    drawEmpty();
    if (message.kind === 'question') composer.taken(message.text);
    else if (before?.kind === 'answer' && !hasEnded(before)) announcer.say(spoken(message) ?? '');
  };
  const receive = (message: ToPanel): void => {
    switch (message.kind) {
      case 'snapshot':
        transcript.show(message.view.messages);
        drawPanel(message.view.panel);
        return scroll.toBottom();
      case 'panel':
        return drawPanel(message.panel);
      case 'message':
        return drawMessage(message.message);
      case 'delta':
        return transcript.append(message.id, message.channel, message.text);
      case 'found':
        return composer.found(message.request, message.files);
      case 'sessions':
        return picker.refresh(
          sessionsName,
          sessionChoices(message.sessions, panel?.session ?? '', (id) => send({ kind: 'remove-session', id })),
        );
      case 'focus':
        return composer.focus();
    }
  };
  followLinks(area, (url) => send({ kind: 'open-link', url }));
  body.append(
    top.node,
    picker.node,
    area,
    element('footer', { class: 'foot' }, scroll.jump, dock, composer.node),
    announcer.node,
  );
  body.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && panel?.busy) send({ kind: 'stop' });
  });
  return { receive, restore: composer.restore };
}

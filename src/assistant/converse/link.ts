import { changes } from '../../core/chat/changes.ts';
import { chatView } from '../../core/chat/panelView.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { ToPanel, Unnumbered } from '../../core/protocol/messages.ts';
import type { ChatView } from '../../core/protocol/view.ts';
import type { Converse } from './converse.ts';

/** Keeps a panel in step with the chat, however often the panel is thrown away and comes back. */
export type ConverseLink = {
  /** The panel is there, or has lost its place: it gets everything. */
  readonly ready: () => void;
  /** The panel is gone; what happens meanwhile is told by the next `ready`. */
  readonly gone: () => void;
  /** Whether a page is there that listens. */
  readonly isReady: () => boolean;
  readonly send: (message: Unnumbered) => void;
  readonly dispose: () => void;
};

export function createConverseLink({
  converse,
  configured,
  post,
}: {
  readonly converse: Converse;
  /** The model that the settings name. */
  readonly configured: () => ModelRef | undefined;
  readonly post: (message: ToPanel) => void;
}): ConverseLink {
  let seq = 0;
  let shown: ChatView | undefined;
  const send = (message: Unnumbered): void => post({ ...message, seq: seq++ });
  const update = (): void => {
    if (!shown) return;
    const view = chatView(converse.state(), configured());
    for (const message of changes(shown, view)) send(message);
    shown = view;
  };
  const stop = converse.listen((change) => {
    if (change.kind === 'changed') update();
    else if (shown) send({ kind: 'delta', id: change.answer, channel: change.channel, text: change.text });
  });
  return {
    ready: () => {
      shown = chatView(converse.state(), configured());
      send({ kind: 'snapshot', view: shown });
    },
    gone: () => {
      shown = undefined;
    },
    isReady: () => shown !== undefined,
    send,
    dispose: stop,
  };
}

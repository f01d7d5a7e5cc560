import type { Unnumbered } from '../protocol/messages.ts';
import type { ChatView } from '../protocol/view.ts';

/** The messages that turn what a panel shows into what it should show: the changed parts, or all of it. */
export function changes(before: ChatView, after: ChatView): readonly Unnumbered[] {
  const grew =
    before.panel.session === after.panel.session &&
    before.messages.every((message, index) => message.id === after.messages[index]?.id);
  if (!grew) return [{ kind: 'snapshot', view: after }];
  return [
    ...(same(before.panel, after.panel) ? [] : [{ kind: 'panel', panel: after.panel } as const]),
    ...after.messages
      .filter((message, index) => !same(message, before.messages[index]))
      .map((message) => ({ kind: 'message', message }) as const),
  ];
}

/** Views are plain data built in one place, so that equal ones print alike. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { ChatActivity, ChatEvent, NeededModel } from './completeInline/ports.ts';
import type { Traffic } from './observeGuard.ts';

/** Knows which models a chat is using, so that completion steps aside; fed with the guard's traffic. */
export function createChatActivity(): ChatActivity & { observe(traffic: Traffic): void } {
  const running = new Map<string, { readonly model: ModelRef; readonly count: number }>();
  const listeners = new Set<(event: ChatEvent) => void>();

  const active = ({ model, loaded }: NeededModel): boolean =>
    [...running.values()].some(
      (chat) => chat.model.backend === model.backend && (chat.model.model === model.model || !loaded),
    );
  const count = (model: ModelRef, change: 1 | -1): void => {
    const key = formatModelRef(model);
    const now = (running.get(key)?.count ?? 0) + change;
    if (now > 0) running.set(key, { model, count: now });
    else running.delete(key);
    for (const tell of listeners) tell({ kind: change > 0 ? 'began' : 'ended', model });
  };
  const watch: ChatActivity['watch'] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    active,
    watch,
    idle: (needed, signal) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (active(needed) && !signal.aborted) return;
          stop();
          resolve();
        };
        const stop = watch(look);
        signal.addEventListener('abort', look, { once: true });
        look();
      }),
    observe: ({ kind, intent, model }) => {
      if (intent !== 'chat') return;
      if (kind === 'started') count(model, 1);
      if (kind === 'ended') count(model, -1);
    },
  };
}

import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { ChatActivity } from './completeInlinePorts.ts';
import type { Traffic } from './observeGuard.ts';

/** Knows which models a chat is using, so that completion steps aside; fed with the guard's traffic. */
export function createChatActivity(): ChatActivity & { observe(traffic: Traffic): void } {
  const running = new Map<string, number>();
  const waiting = new Set<() => void>();
  const active = (model: ModelRef): boolean => (running.get(formatModelRef(model)) ?? 0) > 0;
  const count = (model: ModelRef, change: 1 | -1): void => {
    const key = formatModelRef(model);
    running.set(key, (running.get(key) ?? 0) + change);
    for (const look of waiting) look();
  };
  return {
    active,
    idle: (model, signal) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (active(model) && !signal.aborted) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
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

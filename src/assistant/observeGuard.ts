import type { Guard, SendEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Intent } from '../core/prompt/labelledPrompt.ts';

/** What is going on at the guard, for those who show it or wait for it. Never holds text. */
export type Traffic = News & { readonly model: ModelRef; readonly intent: Intent };

type News =
  | { readonly kind: 'started' | 'loading' | 'answering' | 'ended' }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** The same guard, with a listener that is told of every sending. Nothing that passes is changed. */
export function observeGuard(guard: Guard, listener: (traffic: Traffic) => void): Guard {
  return {
    ...guard,
    load: async (model, signal) => {
      const about = { model, intent: 'warm' } as const;
      listener({ kind: 'started', ...about });
      listener({ kind: 'loading', ...about });
      try {
        return await guard.load(model, signal);
      } finally {
        listener({ kind: 'ended', ...about });
      }
    },
    send: (prompt, model, signal) =>
      watch(guard.send(prompt, model, signal), (news) => listener({ ...news, model, intent: prompt.intent })),
  };
}

async function* watch(events: AsyncIterable<SendEvent>, tell: (news: News) => void): AsyncGenerator<SendEvent> {
  tell({ kind: 'started' });
  let answering = false;
  try {
    for await (const event of events) {
      if (event.kind === 'loading') tell({ kind: 'loading' });
      if (event.kind === 'error') tell({ kind: 'failed', error: event.error });
      if (!answering && (event.kind === 'delta' || event.kind === 'reasoning')) {
        answering = true;
        tell({ kind: 'answering' });
      }
      yield event;
    }
  } finally {
    tell({ kind: 'ended' });
  }
}

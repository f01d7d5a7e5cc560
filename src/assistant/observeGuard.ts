import type { Guard, SendEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Intent } from '../core/prompt/labelledPrompt.ts';

/** What is going on at the guard, for those who show it or wait for it. Never holds text. */
export type Traffic =
  | { readonly kind: 'started'; readonly model: ModelRef; readonly intent: Intent }
  | { readonly kind: 'loading'; readonly model: ModelRef; readonly intent: Intent }
  | { readonly kind: 'answering'; readonly model: ModelRef; readonly intent: Intent }
  | { readonly kind: 'failed'; readonly model: ModelRef; readonly intent: Intent; readonly error: BackendError }
  | { readonly kind: 'ended'; readonly model: ModelRef; readonly intent: Intent };

/** The same guard, with a listener that is told of every sending. It sees what passes and can change nothing. */
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
    send: (prompt, model, signal) => {
      const about = { model, intent: prompt.intent };
      return watch(guard.send(prompt, model, signal), (kind, error) =>
        listener(
          kind === 'failed' && error
            ? { kind, ...about, error }
            : { kind: kind === 'failed' ? 'ended' : kind, ...about },
        ),
      );
    },
  };
}

type Tell = (kind: Traffic['kind'], error?: BackendError) => void;

async function* watch(events: AsyncIterable<SendEvent>, tell: Tell): AsyncGenerator<SendEvent> {
  tell('started');
  let answering = false;
  try {
    for await (const event of events) {
      if (event.kind === 'loading') tell('loading');
      if (event.kind === 'error') tell('failed', event.error);
      if (!answering && (event.kind === 'delta' || event.kind === 'reasoning')) {
        answering = true;
        tell('answering');
      }
      yield event;
    }
  } finally {
    tell('ended');
  }
}

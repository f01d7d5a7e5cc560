import type { Trouble } from '../../../core/completion/why/explanation.ts';
import { formatModelRef, type ModelRef } from '../../../core/exchange/model.ts';
import type { CompletionEvent } from '../ports.ts';

type Noted = { readonly at: number; readonly uri: string; readonly trouble: Trouble };

/**
 * Remembers what last kept each model from answering; a refusal counts for its file alone. It is remembered until the model
 * has answered: until then the model is left alone for a while, and nothing reports the trouble again.
 */
export function createTroubles(elapsed: () => number) {
  const noted = new Map<string, Noted>();
  const refusalKey = (model: ModelRef, uri: string): string => `${formatModelRef(model)} ${uri}`;

  return {
    /** `uri` is the document that was asked for when it happened. */
    hear: (event: CompletionEvent, uri: string): void => {
      const trouble = troubleOf(event);
      if (!trouble) return;
      const key = trouble.kind === 'refused' ? refusalKey(trouble.model, uri) : formatModelRef(trouble.model);
      noted.set(key, { at: elapsed(), uri, trouble });
    },
    answered: (model: ModelRef, uri: string): void => {
      noted.delete(formatModelRef(model));
      noted.delete(refusalKey(model, uri));
    },
    /** What stands in the way in a document, the newest first; `since` is when its question was asked. */
    find: (uri: string, since: number): Trouble | undefined => {
      const here = [...noted.values()].filter((each) => each.trouble.kind !== 'refused' || each.uri === uri);
      const newest = here.toSorted((a, b) => b.at - a.at)[0];
      return newest && { ...newest.trouble, still: newest.at < since };
    },
    clear: (): void => noted.clear(),
  };
}

function troubleOf(event: CompletionEvent): Trouble | undefined {
  switch (event.kind) {
    case 'refused':
      return { kind: 'refused', model: event.model, refusal: event.refusal, still: false };
    case 'failed':
      return { kind: 'failed', model: event.model, error: event.error, still: false };
    case 'unfit':
      return { kind: 'unfit', model: event.model, why: event.why, still: false };
    case 'running':
    case 'loading':
    case 'idle':
    case 'waiting for chat':
      return undefined;
  }
}

import { answerOpened } from '../../core/embedded/answerOpened.ts';
import type { EmbeddedIndex } from '../../core/embedded/embeddedIndex.ts';
import { embeddedModel } from '../../core/embedded/embeddedModel.ts';
import type { StreamPart } from '../../core/exchange/stream.ts';
import type { Approved } from '../approved.ts';
import type { Backend, LookedAt } from '../backend.ts';

/**
 * The engine in this process, as one more backend with one model: the same guard, the same receipt, no server. `index` gives
 * the engine once it is loaded.
 */
export function createEmbedded(index: () => Promise<Pick<EmbeddedIndex, 'complete'>>): Backend {
  return {
    id: embeddedModel.backend,
    place: { kind: 'in-process' },
    proves: 'can prove',
    routes: { look: [], completion: [], chat: [], load: [], pull: [] },
    keepsTerms: true,
    headers: async () => ({ kind: 'headers', headers: {} }),
    look: async () => ({ kind: 'seen', ...seen }),
    list: async () => ({ kind: 'models', server: seen.server, models: [{ info: seen.info, model: seen.model }] }),
    stream: (approved, signal) => stream(index, approved, signal),
    isLoaded: async () => true,
    explain: (cause) => ({ reason: 'unexpected', message: 'The embedded engine failed.', cause }),
  };
}

const seen: LookedAt = {
  server: { kind: 'embedded' },
  model: { kind: 'local', pinned: true },
  info: { ref: embeddedModel, capabilities: ['completion', 'insert'] },
};

async function* stream(
  index: () => Promise<Pick<EmbeddedIndex, 'complete'>>,
  { intent, options, parts }: Approved,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const uri = options.document;
  if (intent === 'chat') {
    yield { kind: 'error', error: { reason: 'bad-request', message: 'The embedded engine only completes code.' } };
    return;
  }
  const answer = intent === 'completion' && uri !== undefined ? answerOpened(await index(), { uri, parts }) : undefined;
  signal.throwIfAborted();
  if (answer) yield { kind: 'delta', text: answer.text };
  yield { kind: 'finish', reason: 'stop', usage: {}, served: { model: embeddedModel.model } };
}

import type { ModelRef } from '../exchange/model.ts';
import type { BackendRecord } from './settings.ts';

/** A model to download, or a sentence that says what to write instead. */
export type Download =
  { readonly kind: 'model'; readonly model: ModelRef } | { readonly kind: 'problem'; readonly message: string };

/**
 * Reads what the user wants downloaded: `backendId/model`, or a model's name alone, which goes to the first Ollama. Only
 * the spelling is checked; whether there is such a model, the server says.
 */
export function parseDownload(text: string, backends: readonly BackendRecord[]): Download {
  const able = backends.filter(({ kind }) => kind === 'ollama');
  const [first] = able;
  if (!first) return problem('Only Ollama downloads models, and none is set up. Add one under ringfence.backends.');
  const wanted = text.trim();
  const named = able.find(({ id }) => wanted.startsWith(`${id}/`));
  if (!named && wanted.includes('/'))
    return problem(`Begin with a backend that downloads models, for example ${first.id}/${example}.`);
  const model = named ? wanted.slice(named.id.length + 1) : wanted;
  if (!isModelName(model)) return problem(`Write a model's name as Ollama does, for example ${first.id}/${example}.`);
  return { kind: 'model', model: { backend: (named ?? first).id, model } };
}

const example = 'qwen2.5-coder:1.5b';

/** Ollama's own rule: `[[host[:port]/]namespace/]model[:tag]`; newer servers read a last `:cloud` or `:local` as the place. */
function isModelName(name: string): boolean {
  const [model = '', namespace, host, ...rest] = name.split('/').toReversed();
  return (
    rest.length === 0 &&
    /^\w[\w.-]{0,79}(:\w[\w.-]{0,79})?(:(cloud|local))?$/i.test(model) &&
    (namespace === undefined || /^\w[\w-]{0,79}$/.test(namespace)) &&
    (host === undefined || /^\w[\w.:-]{0,349}$/.test(host))
  );
}

function problem(message: string): Download {
  return { kind: 'problem', message };
}

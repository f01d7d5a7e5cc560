import { isEmbedded } from '../../embedded/embeddedModel.ts';
import type { ExplainedRequest } from './explanation.ts';

/** One step of a request. Milliseconds; `key` is for colours. */
export type Phase = { readonly key: PhaseKey; readonly name: string; readonly what: string; readonly ms: number };

export type PhaseKey = 'wait' | 'prove' | 'read' | 'speak' | 'filter';

/** The steps of a request in the order of time, those that it never came to left out. */
export function phasesOf({ times, model, proof }: ExplainedRequest): readonly Phase[] {
  const { wait, prove, read, speak, filter, loaded } = times;
  const embedded = isEmbedded(model);
  const connect = proof && !embedded ? 'the server was reached and its place proved' : 'the place was proved';
  const reading = embedded ? 'the engine looked for how your code goes on' : 'the model read the prompt';
  const phases: readonly (Phase | undefined)[] = [
    { key: 'wait', name: 'Wait', what: 'a pause for the next key, the queue, chat that goes first', ms: wait },
    prove === undefined
      ? undefined
      : { key: 'prove', name: 'Connect', what: `${connect}, and each part decided`, ms: prove },
    read === undefined
      ? undefined
      : {
          key: 'read',
          name: 'First token',
          what: loaded ? `the model was loaded, then ${reading}` : reading,
          ms: read,
        },
    speak === undefined
      ? undefined
      : { key: 'speak', name: 'Rest', what: 'the rest was said', ms: Math.max(0, speak - filter) },
    speak === undefined
      ? undefined
      : {
          key: 'filter',
          name: 'Filters',
          what: 'what was said was cut, cleaned and fitted in, piece by piece',
          ms: filter,
        },
  ];
  return phases.filter((phase) => phase !== undefined);
}

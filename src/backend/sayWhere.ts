import type { BackendError } from '../core/exchange/stream.ts';
import type { Backend } from './backend.ts';

/**
 * The same backend, which says of a server that is not running on which machine it was looked for. `where` is the first half
 * of a sentence. Only for servers at a loopback address: any other address names its machine itself.
 */
export function sayWhere(backend: Backend, where: string): Backend {
  return { ...backend, explain: (error) => withPlace(backend.explain(error), where) };
}

function withPlace(error: BackendError, where: string): BackendError {
  if (error.reason !== 'not-running') return error;
  return { ...error, asked: where, action: `${where}: start it there, or set its address in ringfence.backends.` };
}

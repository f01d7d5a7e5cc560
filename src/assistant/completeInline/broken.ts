import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';

/** What asking a model fails with where something was thrown on the way: the server is not at fault. */
export function broken(model: ModelRef, cause: unknown): BackendError {
  return {
    reason: 'unexpected',
    message: `Completion by ${formatModelRef(model)} failed.`,
    action: 'Try again; if it happens again, report it.',
    cause,
  };
}

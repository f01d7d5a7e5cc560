import type { Preview } from '../core/exchange/guard.ts';
import type { LabelledPrompt } from '../core/prompt/labelledPrompt.ts';
import { offersFor } from './guardDeclassify.ts';
import type { GuardDeps } from './guardDeps.ts';
import { prepare, undecided, type Preparing } from './guardPrepare.ts';
import { openReceipt } from './receiptBook.ts';

/** Decides and sends nothing. A question that is turned down here goes no further, so its receipt is written here. */
export async function preview(deps: GuardDeps, request: Preparing, signal: AbortSignal): Promise<Preview> {
  const book = openReceipt(deps, { intent: request.prompt.intent, model: request.model });
  const ending = new AbortController();
  try {
    const found = await decide(deps, request, AbortSignal.any([signal, ending.signal]));
    if (found.kind === 'decided' && found.verdict.kind === 'refuse' && isQuestion(request.prompt)) {
      book.decided(found.verdict, found.proof);
      book.ended({ kind: 'refused' });
      await book.close(0);
    }
    return found;
  } finally {
    ending.abort();
  }
}

async function decide(deps: GuardDeps, request: Preparing, signal: AbortSignal): Promise<Preview> {
  const prepared = await prepare(deps, request, signal);
  if (prepared.kind === 'failed') return prepared;
  const { verdict, proof } = prepared;
  if (!proof) return { kind: 'decided', verdict };
  try {
    const offers = await offersFor(deps, { ...request, proof }, verdict);
    return { kind: 'decided', verdict, proof, ...(offers.length > 0 && { offers }) };
  } catch (cause) {
    return { kind: 'failed', error: undecided(cause) };
  }
}

/** Whoever only looks what would become of each part can do without any of them. */
function isQuestion({ parts }: LabelledPrompt): boolean {
  return parts.some(({ required }) => required);
}

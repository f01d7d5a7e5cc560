import type { Guard, SendEvent } from '../core/exchange/guard.ts';
import type { StreamPart } from '../core/exchange/stream.ts';
import type { Verdict } from '../core/exchange/verdict.ts';
import type { Backend } from '../backend/backend.ts';
import { clean, titles, type Clearance } from './clearBody.ts';
import { approve, type Approval } from './guardApprove.ts';
import { createSpentLeaves, leaveSpent } from './guardDeclassify.ts';
import type { GuardDeps } from './guardDeps.ts';
import { createLookups } from './guardLook.ts';
import { prepare, type Prepared, type Preparing, type Refused } from './guardPrepare.ts';
import { preview } from './guardPreview.ts';
import { restoreParts } from './restoreParts.ts';
import { openReceipt, type ReceiptBook } from './receiptBook.ts';

/** The one door between labelled text and any model. Whatever it cannot settle, it refuses. */
export function createGuard(deps: GuardDeps): Guard {
  const spent = createSpentLeaves();
  return {
    preview: (prompt, model, signal) => preview(deps, { prompt, model, spent }, signal),
    send: (prompt, model, signal) => send(deps, { prompt, model, spent }, signal),
    ...createLookups(deps),
  };
}

async function* send(deps: GuardDeps, request: Preparing, signal: AbortSignal): AsyncGenerator<SendEvent> {
  const book = openReceipt(deps, { intent: request.prompt.intent, model: request.model });
  const ending = new AbortController();
  const live = AbortSignal.any([signal, ending.signal]);
  let approval: Approval | undefined;
  let receipt;
  try {
    const prepared = await prepare(deps, request, live);
    if (prepared.kind === 'allowed' && !request.spent.spend(prepared.verdict)) yield* turnDown(tooLate(prepared), book);
    else if (prepared.kind === 'allowed') {
      approval = approve(deps, request, prepared);
      yield* stream({ approval, prepared, book }, live);
    } else yield* turnDown(prepared, book);
  } catch (error) {
    if (!live.aborted) yield note(book, broken(error));
  } finally {
    ending.abort();
    receipt = await book.close(approval?.bytesOut() ?? 0);
  }
  yield { kind: 'receipt', receipt };
}

/** Another request took the same leave between this one's decision and now. */
function tooLate({
  verdict,
  proof,
  label,
}: Extract<Prepared, { kind: 'allowed' }>): Extract<Prepared, { kind: 'refused' }> {
  const { zone, parts } = verdict;
  return { kind: 'refused', verdict: { kind: 'refuse', zone, parts, cause: leaveSpent }, proof, label };
}

function* turnDown(prepared: Exclude<Prepared, { kind: 'allowed' }>, book: ReceiptBook): Generator<SendEvent> {
  if (prepared.kind === 'failed') {
    book.decided(unreached(prepared.error));
    yield note(book, { kind: 'error', error: prepared.error });
    return;
  }
  const { verdict, proof, label } = prepared;
  book.decided(verdict, proof);
  book.ended({ kind: 'refused' });
  yield { kind: 'decided', verdict, label, ...(proof && { proof }) };
}

type Sending = {
  readonly approval: Approval;
  readonly prepared: Extract<Prepared, { kind: 'allowed' }>;
  readonly book: ReceiptBook;
};

/** Waits with the verdict until the final bytes were scanned: what the user is told is what happened. */
async function* stream({ approval, prepared, book }: Sending, signal: AbortSignal): AsyncGenerator<SendEvent> {
  const { proof, label, way } = prepared;
  const parts = way.backend.stream(approval.approved, signal)[Symbol.asyncIterator]();
  let next = parts.next();
  const clearance = await Promise.race([approval.clearance, next.then(alreadyThere, alreadyThere)]);
  const verdict = verdictAfter(prepared.verdict, clearance);
  book.decided(verdict, proof);
  book.scanned(clearance.findings);
  yield { kind: 'decided', verdict, proof, label };
  if (clearance.kind === 'stop') {
    book.ended({ kind: 'refused' });
    next.catch(() => undefined);
    return;
  }
  const restored = restoreParts(clearance.restorer);
  for (let step = await next; step.done !== true; step = await next) {
    const part = checked(step.value, prepared);
    for (const each of restored(part)) yield note(book, each);
    if (part.kind === 'error' || part.kind === 'finish') return;
    next = parts.next();
  }
  yield note(book, broken(undefined));
}

function alreadyThere(): Clearance {
  return clean;
}

function verdictAfter(verdict: Verdict, clearance: Clearance): Verdict {
  if (clearance.kind === 'stop')
    return { kind: 'refuse', zone: verdict.zone, parts: verdict.parts, cause: clearance.cause };
  return clearance.findings.length === 0 || verdict.kind === 'refuse'
    ? verdict
    : { ...verdict, warnings: titles(clearance.findings) };
}

/** The backend looks at every frame; a finish that names another host although the model was proved local is caught here too. */
function checked(part: StreamPart, { proof, way }: Sending['prepared']): StreamPart {
  if (part.kind !== 'finish' || part.served.upstream === undefined || proof.evidence.model.kind !== 'local')
    return part;
  return { kind: 'error', error: becameRemote(way.backend, part.served.upstream) };
}

function note(book: ReceiptBook, part: StreamPart): StreamPart {
  book.part(part);
  return part;
}

function broken(cause: unknown): StreamPart {
  return {
    kind: 'error',
    error: {
      reason: 'unexpected',
      message: 'The answer ended in a way that Ringfence does not understand.',
      action: 'Try again.',
      cause,
    },
  };
}

function unreached({ message, action }: { readonly message: string; readonly action?: string }): Refused {
  return {
    kind: 'refuse',
    zone: 'cloud',
    parts: [],
    cause: { reason: 'not-proved', message, ...(action !== undefined && { action }) },
  };
}

function becameRemote({ id }: Backend, host: string) {
  return { reason: 'became-remote', message: `${id} let ${host} answer although the model was proved local.` } as const;
}

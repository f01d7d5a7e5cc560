import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import type { BackendError } from '../exchange/stream.ts';
import type { Refusal, RefusalReason } from '../exchange/verdict.ts';
import type { ActionView, ProblemView } from '../protocol/view.ts';
import { zoneWords } from '../protocol/words.ts';
import type { StandIn } from './conversation.ts';

/**
 * A failed request in words for the user, with the one thing to do about it. `kind` is what speaks at the other end,
 * `installed` the model that is there in the place of a missing one.
 */
export function errorProblem(
  { error, standIn, installed }: Failure,
  model: ModelRef,
  kind: string | undefined,
): ProblemView {
  if (error.reason === 'model-missing' && installed) return missingProblem(model, installed);
  const mend = (error.refusal && mends[error.refusal]) ?? errorAction(error, model, kind);
  return { ...problem(error, mend), ...(standIn ? { other: askInstead(standIn) } : {}) };
}

type Failure = {
  readonly error: BackendError;
  readonly standIn?: StandIn;
  readonly installed?: ModelRef | undefined;
};

/** A model is missing and one that is the same under another tag is there. The user decides whether it will do. */
export function missingProblem(missing: ModelRef, installed: ModelRef): ProblemView {
  return {
    message: `${missing.model} is not installed, but ${installed.model} is.`,
    action: { id: 'use-installed', label: `Use ${installed.model}` },
  };
}

/** A refusal of the guard in words for the user. `local` is the model on this machine that could answer instead. */
export function refusalProblem(refusal: Refusal, local: ModelRef | undefined): ProblemView {
  const mend = mends[refusal.reason];
  const elsewhere = local ? askLocal(local) : undefined;
  if (!mend) return problem(refusal, elsewhere ?? chooseModel);
  return { ...problem(refusal, mend), ...(elsewhere && mend !== tryAgain ? { other: elsewhere } : {}) };
}

/** What the button says need not be said above it. */
function problem(
  { message, action: advice }: { readonly message: string; readonly action?: string },
  action: ActionView | undefined,
): ProblemView {
  const same =
    action?.id === 'create-policy' || advice?.replace(/[.!]$/, '').toLowerCase() === action?.label.toLowerCase();
  return {
    message,
    ...(advice === undefined || same ? {} : { detail: advice }),
    ...(action ? { action } : {}),
  };
}

/** The one act that helps after a failure. `kind` is what speaks at the other end. */
export function errorAction(
  error: Pick<BackendError, 'reason' | 'asked'>,
  model: ModelRef,
  kind: string | undefined,
): ActionView | undefined {
  switch (error.reason) {
    case 'not-running':
      // A terminal would open beside the files, which need not be where the server is looked for.
      if (error.asked !== undefined) return setAddress;
      return kind === 'ollama' ? { id: 'start-ollama', label: 'Start Ollama' } : tryAgain;
    case 'model-missing':
      return kind === 'ollama' ? { id: 'pull', label: `Download ${model.model}` } : chooseModel;
    case 'unauthorized':
      return { id: 'set-key', label: 'Set API key' };
    case 'too-long':
      return { id: 'new-chat', label: 'New chat' };
    case 'forbidden':
    case 'payment':
    case 'load-failed':
    case 'became-remote':
    case 'not-permitted':
    case 'no-insert':
    case 'privacy-restricted':
      return chooseModel;
    case 'redirected':
      return { id: 'open-settings', label: 'Open settings' };
    case 'busy':
    case 'rate-limited':
    case 'upstream-failed':
    case 'broken-stream':
    case 'timeout':
    case 'bad-request':
    case 'unexpected':
      return tryAgain;
  }
}

function askLocal(local: ModelRef): ActionView {
  return { id: 'use-local', label: `Ask ${formatModelRef(local)}` };
}

function askInstead({ model, zone }: StandIn): ActionView {
  const where = zone === 'cloud' ? 'in the cloud' : `on ${zoneWords[zone]}`;
  return { id: 'ask-farther', label: `Ask ${model.model} ${where} instead` };
}

const setAddress: ActionView = { id: 'open-settings', label: 'Set its address' };
const tryAgain: ActionView = { id: 'retry', label: 'Try again' };
const chooseModel: ActionView = { id: 'choose-model', label: 'Choose another model' };

/** Refusals that something else than another model mends. */
const mends: Readonly<Partial<Record<RefusalReason, ActionView>>> = {
  'no-policy': { id: 'create-policy', label: 'Create policy' },
  'policy-invalid': { id: 'open-policy', label: 'Open the policy' },
  'policy-loading': tryAgain,
  'policy-changed': tryAgain,
  untrusted: { id: 'manage-trust', label: 'Manage trust' },
};

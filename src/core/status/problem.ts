import { starterModel } from '../chat/chatState.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { BackendError, ErrorReason } from '../exchange/stream.ts';
import type { Intent } from '../prompt/labelledPrompt.ts';
import type { BackendKind } from '../settings/settings.ts';

/** A failure that the status bar tells of, with what is needed to mend it. */
export type StatusProblem = Pick<BackendError, 'reason' | 'message' | 'action' | 'asked'> & {
  /** Absent where no model was asked, as when models are listed. */
  readonly model?: ModelRef;
  /** What speaks at the other end; absent where that is not known. */
  readonly kind?: BackendKind | undefined;
  /** What was asked for; absent where models were listed. */
  readonly intent?: Intent;
  /** Another model has answered since, so that nothing is broken for the user. */
  readonly passedOver?: boolean | undefined;
};

/** The one act that helps: what it is called, and the command that does it. */
export type Mend = { readonly label: string; readonly command: string; readonly args: readonly string[] };

/** A failure in as few words as fit into a status bar. */
export function briefly({ reason }: Pick<StatusProblem, 'reason'>): string {
  return brief[reason];
}

/** Ollama answers, and none of its models completes code; `backend` is the one to download one with. */
export function noCompletionModel(backend: string): StatusProblem {
  return {
    reason: 'model-missing',
    message: 'No installed model completes code.',
    model: { backend, model: starterModel.model },
    kind: 'ollama',
  };
}

/** What leads out of being local only. */
export const policyMends = {
  create: { label: 'Create policy file', command: 'ringfence.policy.create', args: [] },
  // Opens the file that is there.
  open: { label: 'Open the policy', command: 'ringfence.policy.create', args: [] },
  trust: { label: 'Manage trust', command: 'workbench.trust.manage', args: [] },
} as const satisfies Readonly<Record<string, Mend>>;

const brief: Readonly<Record<ErrorReason, string>> = {
  'not-running': 'No model server',
  'model-missing': 'Model not installed',
  'no-insert': 'Model cannot complete',
  forbidden: 'Refused by the server',
  unauthorized: 'API key needed',
  payment: 'No credit left',
  busy: 'Model server busy',
  'rate-limited': 'Model server asks to wait',
  'too-long': 'Too much for the model',
  'load-failed': 'Model did not load',
  'upstream-failed': 'Model server failed',
  'privacy-restricted': 'Refused for privacy',
  'broken-stream': 'Answer broke off',
  timeout: 'Model server is silent',
  redirected: 'Model server has moved',
  'became-remote': 'Model is not local',
  'not-permitted': 'Not sent',
  'bad-request': 'Request not understood',
  unexpected: 'Request failed',
};

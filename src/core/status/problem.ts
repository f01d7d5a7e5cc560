import { starterModel } from '../chat/chatState.ts';
import { errorAction } from '../chat/problem.ts';
import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import type { BackendError, ErrorReason } from '../exchange/stream.ts';
import type { Intent } from '../prompt/labelledPrompt.ts';
import type { ActionId } from '../protocol/view.ts';
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

/** What the user can do about a failure; undefined where waiting or trying again is all. */
export function mendFor(problem: StatusProblem): Mend | undefined {
  const { model = unnamed, kind } = problem;
  const act = errorAction(problem, model, kind);
  // Another model of a server that lists none would not help.
  if (act?.id === 'choose-model' && !problem.model) return openBackends;
  const command = act && commands[act.id];
  if (!command) return undefined;
  if (act.id === 'open-settings') return { ...openBackends, label: act.label };
  return { label: act.label, command, args: act.id === 'pull' ? [formatModelRef(model)] : [] };
}

const openBackends: Mend = {
  label: 'Open settings',
  command: 'workbench.action.openSettings',
  args: ['ringfence.backends'],
};

/** Ollama answers, and none of its models completes code; `backend` is the one to download one with. */
export function noCompletionModel(backend: string): StatusProblem {
  return {
    reason: 'model-missing',
    message: 'No installed model completes code.',
    model: { backend, model: starterModel.model },
    kind: 'ollama',
  };
}

const commands: Readonly<Partial<Record<ActionId, string>>> = {
  'start-ollama': 'ringfence.models.start',
  pull: 'ringfence.models.pull',
  'choose-model': 'ringfence.models.selectForCompletion',
  'set-key': 'ringfence.keys.set',
  'open-settings': openBackends.command,
};

/** What leads out of being local only. */
export const policyMends = {
  create: { label: 'Create policy file', command: 'ringfence.policy.create', args: [] },
  // Opens the file that is there.
  open: { label: 'Open the policy', command: 'ringfence.policy.create', args: [] },
  trust: { label: 'Manage trust', command: 'workbench.trust.manage', args: [] },
} as const satisfies Readonly<Record<string, Mend>>;

/** Every command that mends something. */
export const mendCommands: readonly string[] = [
  ...Object.values(commands),
  ...Object.values(policyMends).map(({ command }) => command),
];

/** Only where a model is missing is it named by what helps. */
const unnamed: ModelRef = { backend: '', model: '' };

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

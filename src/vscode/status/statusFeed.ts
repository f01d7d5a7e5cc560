import type { CompletionEvent } from '../../assistant/completeInline/ports.ts';
import type { Traffic } from '../../assistant/observeGuard.ts';
import type { Receipt } from '../../core/audit/receipt.ts';
import { isEmbedded } from '../../core/embedded/embeddedModel.ts';
import type { PolicyState } from '../../core/policy/state.ts';
import { sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Intent } from '../../core/prompt/labelledPrompt.ts';
import type { BackendKind, Settings } from '../../core/settings/settings.ts';
import type { CompletionOff } from '../../core/status/completionOff.ts';
import { noCompletionModel, policyMends, type StatusProblem } from '../../core/status/problem.ts';
import type { LocalOnly } from '../../core/status/servedBy.ts';
import type { StatusBar } from './statusBar.ts';

/**
 * Turns what happens at the guard and to the policy into what the status bar shows. Warming up shows nothing, and neither does
 * the engine of this process until it has served: it is through at once, and what a server is doing or lacks goes on.
 */
export function createStatusFeed(status: StatusBar, kindOf: (backend: string) => BackendKind | undefined) {
  let waiting = false;
  return {
    traffic: (traffic: Traffic): void => {
      if (isEmbedded(traffic.model)) return;
      if (traffic.intent === 'warm' && (traffic.kind === 'started' || traffic.kind === 'answering')) return;
      switch (traffic.kind) {
        case 'started':
          return status.update({ running: traffic.model });
        case 'loading':
          return status.update({ loading: traffic.model });
        case 'answering':
          return status.update({ loading: undefined, problem: left(status.problem(), traffic) });
        case 'failed':
          return status.update({ problem: failed(traffic) });
        case 'ended':
          return status.update({ running: undefined, loading: undefined });
      }
    },
    /** Told of every event: the bar is drawn anew only when the waiting begins and ends. */
    completion: ({ kind }: CompletionEvent): void => {
      const waits = kind === 'waiting for chat';
      if (waits === waiting) return;
      waiting = waits;
      status.update({ waitsForChat: waits });
    },
    /**
     * A request that the user's next key made pointless before its first word says nothing about who serves. One that was
     * stopped later, most often because it had said all that is shown, was served.
     */
    receipt: (receipt: Receipt): void => {
      const unheard = receipt.outcome.kind === 'aborted' && receipt.firstTokenMs === undefined;
      if (receipt.intent === 'warm' || unheard || receipt.outcome.kind === 'failed') return;
      const problem = status.problem();
      if (problem && receipt.outcome.kind === 'done') status.update({ problem: passed(problem, receipt) });
      status.remember(receipt);
    },
    /** What came of asking the user's Ollamas for their models: why none answered, or whether one of them can complete. */
    listed: (error: BackendError | undefined, missing: StatusProblem | undefined): void =>
      status.update({ problem: error ? { ...error, kind: 'ollama' } : missing }),
    switches: (off: CompletionOff | undefined): void => status.update({ off }),
    policy: (state: PolicyState, trusted: boolean): void => status.update({ localOnly: localOnly(state, trusted) }),
  };

  function failed({ error, model, intent }: Extract<Traffic, { kind: 'failed' }>): StatusProblem {
    const before = status.problem();
    const again = before?.reason === error.reason && before.model !== undefined && sameModel(before.model, model);
    return { ...error, model, intent, kind: kindOf(model.backend), ...(again && { passedOver: before.passedOver }) };
  }
}

type Answer = { readonly model: ModelRef; readonly intent: Intent };

/** The engine stands in for any other, and ends the trouble of none. */
function passed(problem: StatusProblem, answer: Answer): StatusProblem | undefined {
  return isEmbedded(answer.model) || left(problem, answer) ? { ...problem, passedOver: true } : undefined;
}

/** What is left of a trouble once a model has answered: a model that lacks something still lacks it when another answers. */
function left(problem: StatusProblem | undefined, { model, intent }: Answer): StatusProblem | undefined {
  if (!problem?.model || sameModel(problem.model, model)) return undefined;
  // Who chats sees at once what became of a question, and has perhaps chosen another model for it.
  return problem.intent === 'chat' && intent === 'chat' ? undefined : problem;
}

/** Undefined where a model is wished for or one that completes is installed, and where there is no Ollama to have it. */
export function completionMissing(settings: Settings, known: readonly ModelRef[]): StatusProblem | undefined {
  const ollama = settings.backends.find(({ kind }) => kind === 'ollama');
  return ollama && known.every(isEmbedded) ? noCompletionModel(ollama.id) : undefined;
}

function localOnly(state: PolicyState, trusted: boolean): LocalOnly | undefined {
  if (!trusted) return { why: 'workspace not trusted', urgent: false, mend: policyMends.trust };
  switch (state.kind) {
    case 'none':
      return { why: 'no policy file', urgent: false, mend: policyMends.create };
    case 'loading':
      return { why: 'reading the policy', urgent: false };
    case 'invalid':
      return { why: `policy error (${state.problems.length})`, urgent: true, mend: policyMends.open };
    case 'loaded':
      return undefined;
  }
}

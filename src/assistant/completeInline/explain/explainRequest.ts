import type { ExplainedRequest, Times } from '../../../core/completion/why/explanation.ts';
import type { SendTrace } from './trace.ts';
import type { Why } from '../why.ts';

/** One request as it can be explained: what was asked for, with what became of it and how long each step took. */
export function explainedRequest(why: Why, trace: SendTrace): ExplainedRequest {
  const { model, lines, prompt, order, totalChars, sharedChars, charsPerToken } = why;
  const { proof, verdict, receipt } = trace;
  return {
    model,
    lines,
    prompt,
    order,
    totalChars,
    sharedChars,
    charsPerToken,
    times: timesOf(trace),
    end: endOf(why),
    ...(proof && { proof }),
    ...(verdict && { verdict }),
    ...(receipt && { receipt }),
  };
}

function endOf({ end }: Why): ExplainedRequest['end'] {
  if (!end) return 'running';
  return end.kind === 'aborted' ? 'cancelled' : end.kind;
}

function timesOf({ cause, startedAt, decidedAt, firstAt, endedAt, heardMs, loaded }: SendTrace): Times {
  return {
    wait: Math.max(0, startedAt - cause.at),
    ...(decidedAt !== undefined && { prove: decidedAt - startedAt }),
    ...(decidedAt !== undefined && firstAt !== undefined && { read: Math.max(0, firstAt - decidedAt) }),
    ...(firstAt !== undefined && endedAt !== undefined && { speak: Math.max(0, endedAt - firstAt) }),
    filter: heardMs,
    loaded,
  };
}

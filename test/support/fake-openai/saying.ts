import { breakOff, type BreakEvent } from '../fake-server/break-off.ts';
import { list, number, text } from '../fake-server/json.ts';
import { pause } from '../fake-server/pause.ts';
import { planAnswer, type Plan, type PlannedToken } from '../fake-server/plan.ts';
import type { OpenAIAnswer, ReasoningSpelling } from './options.ts';
import type { Serving } from './served-by.ts';

export type SayEvent = PlannedToken | BreakEvent;

/** An answer with its limits applied and its reasoning where the product puts it. */
export interface Speech {
  readonly plan: Plan;
  readonly spelling: ReasoningSpelling;
  readonly answer: OpenAIAnswer;
}

/** Works out what will be said. Inline reasoning becomes part of the text. */
export function speechOf({ state, exchange, behaviour }: Serving, answer: OpenAIAnswer): Speech {
  const { body } = exchange;
  const spelling = answer.spelling ?? ownSpelling(state.profile);
  const reasoning = answer.reasoning ?? '';
  const inline = reasoning === '' ? '' : inlineReasoning(spelling, reasoning);
  const stop = body['stop'];
  const plan = planAnswer(inline + answer.text, inline === '' ? reasoning : '', {
    stops: typeof stop === 'string' ? [stop] : list(stop).flatMap((item) => text(item) ?? []),
    most: number(body['max_completion_tokens']) ?? number(body['max_tokens']),
    ending: behaviour.ending,
  });
  return { plan, spelling, answer };
}

/** Says the tokens at their pace. Ends early, without a word, when the client leaves. */
export async function* say({ state, exchange, behaviour }: Serving, plan: Plan): AsyncGenerator<SayEvent> {
  const { signal, note } = exchange;
  const { ending } = behaviour;
  for (const [index, token] of plan.tokens.entries()) {
    if (ending?.afterTokens === index && (yield* breakOff(ending, signal))) return;
    if (!(await pause(behaviour.tokenMs ?? state.options.tokenMs ?? 0, signal))) return;
    note({ tokens: index + 1 });
    yield token;
  }
  if ((ending?.afterTokens ?? -1) >= plan.tokens.length) yield* breakOff(ending, signal);
}

function ownSpelling(profile: Serving['state']['profile']): ReasoningSpelling {
  if (profile === 'openrouter') return 'reasoning_details';
  return profile === 'vllm' ? 'reasoning' : 'reasoning_content';
}

function inlineReasoning(spelling: ReasoningSpelling, reasoning: string): string {
  if (spelling === 'inline') return `<think>\n${reasoning}\n</think>\n\n`;
  return spelling === 'inline-close-only' ? `${reasoning}\n</think>\n\n` : '';
}

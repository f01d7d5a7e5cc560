import type { Ending } from '../fake-server/behaviour.ts';
import { list, number, text, type JsonRecord } from '../fake-server/json.ts';
import { tokenize } from '../fake-server/tokens.ts';
import type { FullAnswer } from './options.ts';

/** What the model is going to say, token by token. */
export interface Plan {
  readonly tokens: readonly { readonly kind: 'text' | 'thinking'; readonly text: string }[];
  readonly reason: 'stop' | 'length';
}

/** Applies stop sequences and `num_predict`, as the runner does. Thinking counts as output too. */
export function planAnswer(answer: FullAnswer, options: JsonRecord, thinks: boolean): Plan {
  const said = untilStop(answer.text, list(options['stop']));
  const thought = thinks ? tokenize(answer.thinking ?? 'Let me think about that.') : [];
  const all = [
    ...thought.map((token) => ({ kind: 'thinking' as const, text: token })),
    ...tokenize(said).map((token) => ({ kind: 'text' as const, text: token })),
  ];
  const limit = number(options['num_predict']) ?? -1;
  if (limit < 0 || all.length <= limit) return { tokens: all, reason: 'stop' };
  return { tokens: all.slice(0, limit), reason: 'length' };
}

/** From where it breaks off, a model that is stuck says one token again and again. */
export function withRepetition(plan: Plan, ending: Ending | undefined): Plan {
  if (ending?.kind !== 'repeat') return plan;
  const again = Array.from({ length: 200 }, () => ({ kind: 'text' as const, text: ending.token }));
  return { tokens: [...plan.tokens.slice(0, ending.afterTokens), ...again], reason: 'length' };
}

/** Says when the same token, white space aside, has come more than thirty times: the server then gives up silently. */
export function createRepeatGuard(): (token: string) => boolean {
  let last = '';
  let repeats = 0;
  return (token) => {
    const trimmed = token.trim();
    repeats = trimmed === last ? repeats + 1 : 0;
    last = trimmed;
    return repeats > 30;
  };
}

function untilStop(said: string, stops: readonly unknown[]): string {
  const ends = stops
    .map((stop) => text(stop) ?? '')
    .filter((stop) => stop !== '' && said.includes(stop))
    .map((stop) => said.indexOf(stop));
  return ends.length === 0 ? said : said.slice(0, Math.min(...ends));
}

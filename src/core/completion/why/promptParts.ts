import type { PartDecision } from '../../exchange/verdict.ts';
import type { Labelled } from '../../label/labelled.ts';
import type { Reach } from '../../label/reach.ts';
import type { Part, PartRole } from '../../prompt/labelledPrompt.ts';
import type { RuleRef } from '../../policy/ruleRef.ts';
import type { ExplainedRequest } from './explanation.ts';

/** One part of a prompt in the order in which the model reads it. `tokens` are estimates by the model's measured ratio. */
export type PromptPart = {
  readonly role: PartRole;
  readonly title: string;
  readonly chars: number;
  readonly tokens: number;
  /** How many of the characters, from its start, the server had evaluated before by our own count. */
  readonly keptChars: number;
  readonly keptTokens: number;
  readonly fate: 'sent' | 'held back' | 'not sent';
  /** Why it was held back. */
  readonly why?: string;
  readonly reach: Reach;
  readonly rules: readonly RuleRef[];
  readonly text: Labelled;
};

/** The parts of a request with what the guard decided about each and how much of it the server still had. */
export function promptParts(request: ExplainedRequest): readonly PromptPart[] {
  const decisions = new Map(request.verdict?.parts.map((part) => [part.id, part]));
  let at = 0;
  return rolesOf(request.order).flatMap((role) => {
    const parts = request.prompt.parts.filter((part) => part.role === role);
    return parts.map((part, index) => {
      // Pieces of one role are joined by a line end.
      if (index > 0) at += 1;
      const kept = Math.min(part.text.length, Math.max(0, request.sharedChars - at));
      at += part.text.length;
      return describe(part, { kept, decision: decisions.get(part.id), request });
    });
  });
}

function rolesOf(order: ExplainedRequest['order']): readonly PartRole[] {
  return order === 'prefix-first' ? ['context', 'prefix', 'suffix'] : ['suffix', 'context', 'prefix'];
}

type Known = {
  readonly kept: number;
  readonly decision: PartDecision | undefined;
  readonly request: ExplainedRequest;
};

function describe({ role, title, text }: Part, { kept, decision, request }: Known): PromptPart {
  const tokensOf = (chars: number): number => Math.round(chars / request.charsPerToken);
  const { reach, origins } = text.label;
  const sent = request.verdict?.kind === 'allow';
  const keptChars = sent && decision?.decision !== 'drop' ? kept : 0;
  return {
    role,
    title,
    chars: text.length,
    tokens: tokensOf(text.length),
    keptChars,
    keptTokens: tokensOf(keptChars),
    fate: decision?.decision === 'drop' ? 'held back' : sent ? 'sent' : 'not sent',
    ...(decision?.why !== undefined && { why: decision.why }),
    reach: decision?.reach ?? reach,
    rules: decision?.rules ?? origins.flatMap((origin) => origin.rules),
    text,
  };
}

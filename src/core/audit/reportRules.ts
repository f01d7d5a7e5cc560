import type { PartRow, RequestRow } from './requestRow.ts';

/** How often a rule spoke, and what came of it. */
export type RuleCount = {
  readonly id: string;
  readonly layer: string;
  readonly pattern: string;
  /** Parts that were sent within the reach that it names. */
  readonly kept: number;
  readonly dropped: number;
  /** Parts that were sent beyond it because the user agreed. */
  readonly agreed: number;
};

/** A part that was sent beyond its reach: when, where to, and which rules the user set aside for it. */
export type AgreedPart = {
  readonly ts: string;
  /** `backend/model`. */
  readonly model: string;
  readonly zone: string;
  /** The part's title or its keyed hash. */
  readonly id: string;
  readonly bytes: number;
  readonly rules: readonly string[];
};

/** Counts what the rules did to the parts of requests. */
export function createRules(): {
  readonly add: (row: RequestRow) => void;
  readonly list: () => { readonly byRule: readonly RuleCount[]; readonly agreed: readonly AgreedPart[] };
} {
  const rules = new Map<string, RuleCount>();
  const agreed: AgreedPart[] = [];
  return {
    add: (row) => {
      for (const part of row.parts) {
        const fate = fateOf(part, row);
        for (const rule of part.rules) {
          const key = JSON.stringify([rule.layer, rule.id, rule.pattern]);
          const known = rules.get(key) ?? { ...rule, kept: 0, dropped: 0, agreed: 0 };
          rules.set(key, fate === undefined ? known : { ...known, [fate]: known[fate] + 1 });
        }
        if (fate === 'agreed') agreed.push(agreedPart(part, row));
      }
    },
    list: () => ({
      byRule: [...rules.values()].sort((a, b) => b.dropped - a.dropped || b.agreed - a.agreed || b.kept - a.kept),
      agreed: agreed.toSorted((a, b) => (a.ts < b.ts ? -1 : 1)),
    }),
  };
}

/** Undefined for a part that might have gone, of a request that was refused. */
function fateOf(
  { dropped, declassified }: PartRow,
  { verdict }: RequestRow,
): 'dropped' | 'agreed' | 'kept' | undefined {
  if (dropped) return 'dropped';
  if (verdict === 'deny') return undefined;
  return declassified ? 'agreed' : 'kept';
}

function agreedPart({ id, bytes, rules }: PartRow, { ts, backend, model, zone }: RequestRow): AgreedPart {
  return { ts, model: `${backend}/${model}`, zone, id, bytes, rules: rules.map((rule) => rule.id) };
}

import { isJsonObject, type Json } from './canonicalJson.ts';
import type { Attributes, LedgerRecord } from './record.ts';

/** What a report needs of one request, read back from its record; what the record does not hold is empty. */
export type RequestRow = {
  readonly ts: string;
  readonly id: string;
  readonly intent: string;
  readonly backend: string;
  readonly model: string;
  readonly upstream: string;
  readonly host: string;
  /** `device`, `perimeter`, `cloud`; empty where the request ended before that was known, and nothing was sent. */
  readonly zone: string;
  readonly evidence: readonly string[];
  /** `allow`, `warn`, `modify`, `deny`; empty where the request ended before it was decided. */
  readonly verdict: string;
  /** Why it was refused. */
  readonly reason: string;
  readonly outcome: string;
  readonly bytesOut: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  readonly durationMs: number;
  readonly policy: string;
  readonly user: string;
  readonly parts: readonly PartRow[];
  readonly findings: readonly FindingRow[];
};

export type PartRow = {
  /** The part's title or its keyed hash. */
  readonly id: string;
  readonly reach: string;
  readonly bytes: number;
  readonly dropped: boolean;
  /** Sent beyond its reach, by a deliberate act of the user. */
  readonly declassified: boolean;
  readonly rules: readonly { readonly id: string; readonly layer: string; readonly pattern: string }[];
};

export type FindingRow = { readonly rule: string; readonly confidence: string; readonly count: number };

/** Reads a `request` record; undefined for any other kind. */
export function requestRow(record: LedgerRecord): RequestRow | undefined {
  if (record.kind !== 'request') return undefined;
  const { attributes } = record;
  const text = (name: string): string => textOf(attributes[name]);
  const number = (name: string): number => numberOf(attributes[name]);
  return {
    ts: record.ts,
    id: text('request.id'),
    intent: text('ringfence.intent'),
    backend: text('gen_ai.provider.name'),
    model: text('gen_ai.response.model') || text('gen_ai.request.model'),
    upstream: text('ringfence.upstream'),
    host: text('server.address'),
    zone: text('destination.class'),
    evidence: listOf(attributes['destination.evidence']).map(textOf),
    verdict: text('gen_ai.guardrail.verdict.type'),
    reason: text('gen_ai.guardrail.verdict.reason'),
    outcome: text('ringfence.outcome'),
    bytesOut: number('request.bytes_out'),
    inputTokens: number('gen_ai.usage.input_tokens'),
    outputTokens: number('gen_ai.usage.output_tokens'),
    costUsd: number('ringfence.cost_usd'),
    durationMs: number('request.duration_ms'),
    policy: text('gen_ai.guardrail.security.policy.id'),
    user: text('user.email') || text('user.name'),
    parts: objectsOf(attributes['segments']).map(partRow),
    findings: objectsOf(attributes['scan.findings']).map(findingRow),
  };
}

function partRow(part: Attributes): PartRow {
  return {
    id: textOf(part['source.id']),
    reach: textOf(part['label']),
    bytes: numberOf(part['bytes']),
    dropped: part['decision'] === 'drop',
    declassified: part['declassification'] !== undefined,
    rules: objectsOf(part['rules']).map((rule) => ({
      id: textOf(rule['id']),
      layer: textOf(rule['layer']),
      pattern: textOf(rule['pattern']),
    })),
  };
}

function findingRow(finding: Attributes): FindingRow {
  const { rule, confidence, count } = finding;
  return { rule: textOf(rule), confidence: textOf(confidence), count: numberOf(count) };
}

function objectsOf(value: Json | undefined): readonly Attributes[] {
  return listOf(value).filter(isJsonObject);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

import type { Json } from './canonicalJson.ts';
import type { Receipt } from './receipt.ts';
import type { Attributes } from './record.ts';
import type { DeclassifiedPart, PartDecision } from '../exchange/verdict.ts';

/** Who used the editor, where the policy asks for it. */
export type Identity = { readonly user?: string; readonly gitEmail?: string };

export type DescribeOptions = {
  readonly identity?: Identity;
  /** Spells the title of a part, which may hold a path: as it is, or keyed, so that it can be compared but not read. */
  readonly spellTitle: (title: string) => string;
};

/**
 * A receipt in the words of the ledger: never content, prompts or keys. Names follow OpenTelemetry's GenAI conventions
 * (open-telemetry/semantic-conventions-genai, status Development) where they exist, those of guardrails the open proposal
 * (pull request 427 there, as of November 2026); the rest is Ringfence's own.
 */
export function describeReceipt(receipt: Receipt, options: DescribeOptions): Attributes {
  return compact({
    'request.id': receipt.id,
    'request.started': new Date(receipt.at).toISOString(),
    'request.duration_ms': Math.round(receipt.durationMs),
    'request.bytes_out': receipt.bytesOut,
    'ringfence.intent': receipt.intent,
    'ringfence.outcome': receipt.outcome.kind,
    'user.name': options.identity?.user,
    'user.email': options.identity?.gitEmail,
    ...modelAttributes(receipt),
    ...destinationAttributes(receipt),
    ...decisionAttributes(receipt),
    segments: receipt.verdict.parts.map((part) => segmentAttributes(part, options)),
  });
}

function modelAttributes(receipt: Receipt): Loose {
  const { usage, served, outcome } = receipt;
  return {
    'gen_ai.operation.name': receipt.intent === 'chat' ? 'chat' : 'text_completion',
    'gen_ai.provider.name': receipt.model.backend,
    'gen_ai.request.model': receipt.model.model,
    'gen_ai.response.model': served?.model,
    'ringfence.upstream': served?.upstream,
    'gen_ai.response.finish_reasons': outcome.kind === 'done' ? [outcome.reason] : undefined,
    // The convention counts in seconds.
    'gen_ai.response.time_to_first_chunk': receipt.firstTokenMs === undefined ? undefined : receipt.firstTokenMs / 1000,
    'gen_ai.usage.input_tokens': usage.promptTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage.cachedTokens,
    'ringfence.cost_usd': usage.costUsd,
    'error.type': outcome.kind === 'failed' ? outcome.reason : undefined,
  };
}

/** Whether the request ended before a destination was proved: given up by the user, or no server answered. */
function isUndecided({ verdict, outcome }: Receipt): boolean {
  return verdict.kind === 'refuse' && verdict.cause.reason === 'not-proved' && outcome.kind !== 'refused';
}

function destinationAttributes(receipt: Receipt): Loose {
  const { proof, verdict } = receipt;
  if (proof === undefined) return isUndecided(receipt) ? {} : { 'destination.class': verdict.zone };
  const { evidence } = proof;
  const origin = URL.canParse(evidence.origin) ? new URL(evidence.origin) : undefined;
  const peer = evidence.peer;
  return {
    'destination.class': proof.zone,
    'destination.evidence': proof.because,
    'destination.peer': peer.kind,
    'server.address': origin?.hostname.replace(/^\[|\]$/g, ''),
    'server.port': origin === undefined ? undefined : portOf(origin),
    'network.peer.address': 'address' in peer ? peer.address : undefined,
    'host.description': evidence.host,
    'destination.attested': evidence.attested,
    'destination.listener': evidence.listener?.kind === 'programs' ? evidence.listener.names : undefined,
    'model.proof': evidence.model.kind,
    'model.digest': evidence.model.kind === 'local' ? evidence.model.digest : undefined,
    'model.remote_host': evidence.model.kind === 'remote' ? evidence.model.host : undefined,
  };
}

function decisionAttributes(receipt: Receipt): Loose {
  const { verdict, policy, findings = [] } = receipt;
  if (isUndecided(receipt)) return { 'gen_ai.guardrail.security.policy.id': policy };
  const dropped = verdict.parts.some((part) => part.decision === 'drop');
  const redacted = findings.some((finding) => finding.redacted);
  const rules = verdict.parts.flatMap((part) => part.rules.map((rule) => rule.id));
  const refused = verdict.kind === 'refuse';
  const changed = dropped || redacted;
  return {
    'gen_ai.guardrail.component.name': 'ringfence-guard',
    'gen_ai.guardrail.target.type': 'input',
    'gen_ai.guardrail.security.policy.id': policy,
    'gen_ai.guardrail.security.policy.rule.id': [...new Set(rules)].sort(),
    'gen_ai.guardrail.verdict.type': refused ? 'deny' : changed ? 'modify' : findings.length > 0 ? 'warn' : 'allow',
    'gen_ai.guardrail.verdict.reason': refused ? verdict.cause.reason : undefined,
    'gen_ai.guardrail.action.type': refused ? 'block' : changed ? 'modify' : 'allow',
    'gen_ai.guardrail.security.content.modified': changed && !refused,
    'scan.findings': findings.map(({ rule, confidence, count, redacted: masked }) => ({
      rule,
      confidence,
      count,
      redacted: masked,
    })),
  };
}

function segmentAttributes(part: PartDecision, { spellTitle }: DescribeOptions): Attributes {
  return {
    'source.id': spellTitle(part.title),
    label: part.reach,
    bytes: part.bytes,
    decision: part.decision,
    rules: part.rules.map((rule) =>
      compact({ id: rule.id, layer: rule.layer, pattern: rule.pattern, reach: rule.reach, owner: rule.owner }),
    ),
    ...(part.declassified && { declassification: declassification(part.declassified) }),
  };
}

/** The user's agreement to send a part beyond its reach, for this one request. The hash is keyed. */
function declassification({ id, at, preview }: DeclassifiedPart): Attributes {
  return { id, scope: 'request', agreed: new Date(at).toISOString(), preview_hash: preview };
}

type Loose = { readonly [name: string]: Json | undefined };

/** Leaves out what is not known: an absent field and an unknown one are the same in the ledger. */
function compact(attributes: Loose): Attributes {
  const known: [string, Json][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    // A server's figures are not worth losing a record for: what is no number is left out.
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) continue;
    known.push([name, value]);
  }
  return Object.fromEntries(known);
}

function portOf(origin: URL): number {
  if (origin.port !== '') return Number(origin.port);
  return origin.protocol === 'https:' ? 443 : 80;
}

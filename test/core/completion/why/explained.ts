import type {
  Answered,
  Counters,
  ExplainedRequest,
  Explanation,
} from '../../../../src/core/completion/why/explanation.ts';
import type { Receipt } from '../../../../src/core/audit/receipt.ts';
import { labelled, labelOf, productLabel, type Label } from '../../../../src/core/label/labelled.ts';
import type { Part } from '../../../../src/core/prompt/labelledPrompt.ts';
import type { PartDecision } from '../../../../src/core/exchange/verdict.ts';
import type { ZoneProof } from '../../../../src/core/zone/evidence.ts';

const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };

export const proof: ZoneProof = {
  zone: 'device',
  because: ['Ollama 0.30 answers at 127.0.0.1:11434 on this laptop.', 'The model runs there.'],
  evidence: {
    origin: 'http://127.0.0.1:11434',
    peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
    server: { kind: 'ollama', version: '0.30' },
    model: { kind: 'local', pinned: true },
    host: 'this laptop',
  },
};

export const near: Label = labelOf([
  {
    provenance: { kind: 'typed' },
    reach: 'device',
    rules: [
      {
        layer: 'workspace',
        id: 'payments',
        pattern: '/src/payments/',
        reach: 'device',
        file: '/work/.ringfence.jsonc',
        line: 7,
      },
    ],
  },
]);

export const part = (role: Part['role'], title: string, text: string, label = productLabel): Part => ({
  id: `${role} ${title}`,
  role,
  title,
  text: labelled(text, label),
  required: role !== 'context',
});

/** The prompt of a completion: a piece of another file that stays here, what is before the cursor and what is after. */
export const parts: readonly Part[] = [
  part('context', 'src/payments/<b>charge</b>.ts', 'CANARY_CONTEXT\n'.repeat(10), near),
  part('prefix', 'src/cart.ts:1-23', 'CANARY_PREFIX\n'.repeat(20)),
  part('suffix', 'src/cart.ts:23', 'CANARY_SUFFIX <script>\n'),
];

const decided = ({ id, title, text }: Part): PartDecision => ({
  id,
  title,
  bytes: text.length,
  decision: 'keep',
  reach: text.label.reach,
  rules: text.label.origins.flatMap((origin) => origin.rules),
});

export function request(change: Partial<ExplainedRequest> = {}): ExplainedRequest {
  const verdict = { kind: 'allow', zone: 'device', parts: parts.map(decided) } as const;
  const receipt: Receipt = {
    id: 'r1',
    at: 0,
    intent: 'completion',
    model,
    proof,
    verdict,
    outcome: { kind: 'done', reason: 'stop' },
    bytesOut: 1_500,
    durationMs: 140,
    usage: { promptTokens: 130, promptMs: 60, outputTokens: 9 },
    served: { model: model.model },
    policy: 'ab',
  };
  return {
    model,
    lines: 'multiple',
    prompt: { intent: 'completion', parts, options: { maxTokens: 256 } },
    order: 'prefix-first',
    totalChars: parts.reduce((sum, { text }) => sum + text.length, 0),
    sharedChars: 200,
    charsPerToken: 4,
    proof,
    verdict,
    receipt,
    times: { wait: 40, prove: 5, read: 80, speak: 60, filter: 2, loaded: false },
    end: 'answered',
    ...change,
  };
}

export const counters: Counters = {
  byRoute: { fresh: 3, joined: 2, typed: 12, kept: 4, ahead: 1, meanwhile: 0 },
  keys: 214,
  questions: 38,
  requests: 9,
  cancelled: 1,
  refused: 0,
  failed: 0,
  warmed: 2,
};

export function explained(last?: Partial<Answered>, more: Partial<Explanation> = {}): Explanation {
  const answered: Answered = {
    place: { file: 'src/cart.ts', line: 23 },
    outcome: { kind: 'shown', route: 'fresh', shownMs: 128 },
    request: request(),
    ...last,
  };
  return { last: answered, counters, ...more };
}

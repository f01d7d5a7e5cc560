import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeReceipt } from '../../../src/core/audit/describeReceipt.ts';
import { receipt } from '../../egress/ledger/sample.ts';

const spellTitle = (title: string): string => title;

test('names what OpenTelemetry has names for, in its units', () => {
  const attributes = describeReceipt(receipt('a'), {
    spellTitle,
    identity: { user: 'roe', gitEmail: 'roe@canary.test' },
  });
  const expected = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openrouter',
    'gen_ai.request.model': 'vendor/model-x',
    'gen_ai.response.model': 'model-x',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': 0.09,
    'gen_ai.usage.input_tokens': 300,
    'gen_ai.usage.output_tokens': 40,
    'gen_ai.guardrail.security.policy.id': 'ab12',
    'gen_ai.guardrail.security.policy.rule.id': ['env'],
    'gen_ai.guardrail.verdict.type': 'modify',
    'gen_ai.guardrail.action.type': 'modify',
    'gen_ai.guardrail.security.content.modified': true,
    'user.name': 'roe',
    'user.email': 'roe@canary.test',
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(attributes[name], value, name);
});

test('keeps the proof of the destination', () => {
  const attributes = describeReceipt(
    receipt('a', {
      proof: {
        zone: 'device',
        because: ['the peer is 127.0.0.1'],
        evidence: {
          origin: 'http://127.0.0.1:11434',
          peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
          server: { kind: 'ollama', version: '0.33.0' },
          model: { kind: 'local', pinned: true, digest: 'sha256:ab' },
          host: 'this machine',
        },
      },
    }),
    { spellTitle },
  );
  assert.deepEqual(
    [
      'destination.class',
      'destination.evidence',
      'server.address',
      'server.port',
      'network.peer.address',
      'model.digest',
    ].map((name) => attributes[name]),
    ['device', ['the peer is 127.0.0.1'], '127.0.0.1', 11434, '127.0.0.1', 'sha256:ab'],
  );
});

test('a refusal keeps its reason, never its sentence or the error of a backend', () => {
  const attributes = describeReceipt(
    receipt('a', {
      verdict: { kind: 'refuse', zone: 'cloud', parts: [], cause: { reason: 'secret-found', message: 'CANARY' } },
      outcome: { kind: 'failed', reason: 'bad-request', message: 'CANARY' },
    }),
    { spellTitle },
  );
  assert.equal(attributes['gen_ai.guardrail.verdict.type'], 'deny');
  assert.equal(attributes['gen_ai.guardrail.verdict.reason'], 'secret-found');
  assert.equal(attributes['error.type'], 'bad-request');
  assert.ok(!JSON.stringify(attributes).includes('CANARY'));
});

test('a request that ended before it was decided says nothing of a destination', () => {
  const cause = { reason: 'not-proved', message: 'It was not settled.' } as const;
  const verdict = { kind: 'refuse', zone: 'cloud', parts: [], cause } as const;
  for (const outcome of [
    { kind: 'aborted' },
    { kind: 'failed', reason: 'not-running', message: 'Nothing listens.' },
  ] as const) {
    const attributes = describeReceipt(receipt('a', { verdict, outcome, bytesOut: 0 }), { spellTitle });
    assert.equal(attributes['ringfence.outcome'], outcome.kind);
    assert.equal(attributes['destination.class'], undefined);
    assert.equal(attributes['gen_ai.guardrail.verdict.type'], undefined);
  }
});

test('records what the user agreed to send beyond its reach: when, for what, and the keyed hash of what was shown', () => {
  const plain = receipt('a');
  const [first, ...rest] = plain.verdict.parts;
  assert.ok(first);
  const declassified = { id: 'leave-1', at: Date.UTC(2026, 10, 21), preview: 'ab12' };
  const verdict = { ...plain.verdict, parts: [{ ...first, declassified }, ...rest] };
  const attributes = describeReceipt({ ...plain, verdict }, { spellTitle });
  const [segment, ...others] = Array.isArray(attributes['segments']) ? attributes['segments'] : [];
  assert.deepEqual(segment.declassification, {
    id: 'leave-1',
    scope: 'request',
    agreed: '2026-11-21T00:00:00.000Z',
    preview_hash: 'ab12',
  });
  for (const other of others) assert.equal('declassification' in other, false);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { modelDetail } from '../../../src/core/chat/modelDetail.ts';
import type { ModelInfo } from '../../../src/core/exchange/model.ts';
import type { ModelEvidence } from '../../../src/core/zone/evidence.ts';

describe('modelDetail', () => {
  it('says how big a model of this machine is', () => {
    assert.equal(detail({ parameterSize: '7.6B', bytes: 4_700_000_000 }, local), '7.6B · 4.7 GB');
  });

  it('hides the size of the stub that stands for a model elsewhere', () => {
    assert.equal(detail({ parameterSize: '120B', bytes: 384 }, { kind: 'remote', host: 'ollama.com' }), '120B');
    assert.equal(detail({ bytes: 384, remoteHost: 'ollama.com' }, local), undefined);
  });

  it('says nothing where nothing is known', () => {
    assert.equal(detail({}, local), undefined);
  });
});

const local: ModelEvidence = { kind: 'local', pinned: true };

function detail(known: Partial<ModelInfo>, model: ModelEvidence): string | undefined {
  return modelDetail({
    info: { ref: { backend: 'ollama', model: 'any' }, capabilities: [], ...known },
    proof: {
      zone: 'device',
      because: [],
      evidence: {
        origin: 'http://127.0.0.1:11434',
        peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
        server: { kind: 'ollama', version: '0.33.0' },
        model,
        host: 'this machine',
      },
    },
  });
}

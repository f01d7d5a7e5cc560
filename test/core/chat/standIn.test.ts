import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BoardEntry, ChatState } from '../../../src/core/chat/chatState.ts';
import { emptyConversation } from '../../../src/core/chat/conversation.ts';
import { isOutage, standInFor } from '../../../src/core/chat/standIn.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';

const ollama: BackendRecord = { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' };
const office: BackendRecord = { id: 'office', kind: 'custom', url: 'https://gpu.example', zone: 'perimeter' };
const far: BackendRecord = { id: 'far', kind: 'openrouter', url: 'https://openrouter.example' };
const relay: BackendRecord = { id: 'relay', kind: 'custom', url: 'http://127.0.0.1:4000' };

const near = { backend: 'ollama', model: 'small' };
const down = { reason: 'not-running', message: 'Nobody there.' } as const;

function entry(backend: BackendRecord, zone: Zone, ...models: readonly string[]): BoardEntry {
  return {
    backend,
    loading: false,
    models: models.map((model) => ({
      info: { ref: { backend: backend.id, model }, capabilities: ['chat'] },
      proof: {
        zone,
        because: [],
        evidence: {
          origin: backend.url,
          peer: { kind: 'unverified', why: '' },
          server: { kind: 'unknown' },
          model: { kind: 'unproved', why: '' },
          host: 'this machine',
        },
      },
    })),
  };
}

function stateOf(...board: readonly BoardEntry[]): ChatState {
  return {
    conversation: emptyConversation('c', 1),
    attachments: [],
    model: undefined,
    pull: undefined,
    notice: undefined,
    board,
  };
}

const ollamaDown: BoardEntry = { backend: ollama, loading: false, models: [], error: down };

describe('standInFor', () => {
  it('takes the nearest of the zones that lie farther', () => {
    const state = stateOf(ollamaDown, entry(far, 'cloud', 'one'), entry(office, 'perimeter', 'big', 'bigger'));
    assert.deepEqual(standInFor(state, near, []), { model: { backend: 'office', model: 'big' }, zone: 'perimeter' });
  });

  it('does not choose among many models of the cloud, but takes the one that the user named last', () => {
    const state = stateOf(ollamaDown, entry(far, 'cloud', 'one', 'two', 'three'));
    assert.equal(standInFor(state, near, []), undefined);
    const named = ['three', 'one'].map((model) => ({ backend: 'far', model }));
    assert.deepEqual(standInFor(state, near, named)?.model, named[0]);
  });

  it('never takes one that is as near or nearer, or whose server does not answer either', () => {
    const state = stateOf(entry(ollama, 'device', 'small', 'other'), { ...entry(far, 'cloud', 'one'), error: down });
    assert.equal(standInFor(state, near, []), undefined);
    const both = stateOf({ ...entry(office, 'perimeter'), error: down }, entry(ollama, 'device', 'small'));
    assert.equal(standInFor(both, { backend: 'office', model: 'big' }, []), undefined);
  });

  it('knows of nothing farther than the cloud, which a relay that nobody vouches for is', () => {
    const state = stateOf({ ...entry(relay, 'cloud'), error: down }, entry(far, 'cloud', 'one'));
    assert.equal(standInFor(state, { backend: 'relay', model: 'x' }, []), undefined);
    assert.equal(standInFor(state, { backend: 'gone', model: 'x' }, []), undefined);
  });

  it('leaves embedding models out', () => {
    const [embed] = entry(far, 'cloud', 'embed').models;
    assert.ok(embed);
    const models = [{ ...embed, info: { ...embed.info, capabilities: ['embedding'] as const } }];
    assert.equal(standInFor(stateOf(ollamaDown, { backend: far, loading: false, models }), near, []), undefined);
  });
});

describe('isOutage', () => {
  it('is a server that is not there or does not answer in time, and nothing else', () => {
    for (const [reason, expected] of [
      ['not-running', true],
      ['timeout', true],
      ['model-missing', false],
      ['unauthorized', false],
      ['became-remote', false],
      ['busy', false],
    ] as const)
      assert.equal(isOutage({ reason, message: '' }), expected, reason);
  });
});

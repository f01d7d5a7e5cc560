import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBackends } from '../../src/backend/kinds.ts';
import { PipeError } from '../../src/core/exchange/pipeError.ts';
import { parseSettings } from '../../src/core/settings/parseSettings.ts';

function backendsOf(backends: readonly unknown[]) {
  const { settings } = parseSettings({ backends });
  return createBackends({ settings, keyFor: async () => undefined, now: () => 0 });
}

describe('createBackends', () => {
  it('makes each kind, with what the user attests for its address', () => {
    const made = backendsOf([
      { id: 'o', kind: 'ollama' },
      { id: 'r', kind: 'openrouter' },
      { id: 'c', kind: 'custom', url: 'https://inference.example/v1', zone: 'perimeter' },
    ]);
    const seen = made.map(({ id, place, keepsTerms }) => [
      id,
      place.kind === 'network' && place.destination.origin,
      place.kind === 'network' && place.attested,
      keepsTerms,
    ]);
    assert.deepEqual(seen, [
      ['o', 'http://localhost:11434', undefined, false],
      ['r', 'https://openrouter.ai', undefined, true],
      ['c', 'https://inference.example', 'perimeter', false],
    ]);
  });

  it('says of a loopback address on which machine it was looked for, and of any other address nothing', () => {
    const { settings } = parseSettings({
      backends: [
        { id: 'here', kind: 'ollama' },
        { id: 'compatible', kind: 'custom', url: 'http://127.0.0.1:8080/v1' },
        { id: 'there', kind: 'ollama', url: 'http://box.example:11434', zone: 'perimeter' },
      ],
    });
    const whereAsked = 'This window runs on the SSH host, so the server is looked for there';
    const backends = createBackends({ settings, keyFor: async () => undefined, now: () => 0, whereAsked });
    const told = backends.map((backend) => backend.explain(new PipeError('refused', 'Nothing listens.')));
    const advice = `${whereAsked}: start it there, or set its address in ringfence.backends.`;
    assert.deepEqual(
      told.map(({ asked, action }) => [asked, action]),
      [
        [whereAsked, advice],
        [whereAsked, advice],
        [undefined, 'Start it with: ollama serve'],
      ],
    );
    assert.equal(backends[0]?.explain(new PipeError('no-answer', 'Silent.')).asked, undefined);
  });

  it('allows each purpose its own requests only', () => {
    const [ollama] = backendsOf([{ id: 'o', kind: 'ollama' }]);
    const paths = Object.values(ollama?.routes ?? {}).flatMap((routes) => routes.map(({ path }) => path));
    assert.ok(!paths.some((path) => /delete|push|create|copy|web_|experimental|signout|blobs/.test(path)));
    assert.deepEqual(
      ollama?.routes.chat.filter(({ method }) => method === 'POST'),
      [{ method: 'POST', path: '/api/chat' }],
    );
  });
});

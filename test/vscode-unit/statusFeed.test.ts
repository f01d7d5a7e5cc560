import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStatusFeed } from '../../src/vscode/statusFeed.ts';

const model = { backend: 'ollama', model: 'm' };

describe('what the status bar is told of completion', () => {
  it('is that it waits for a chat, when the waiting begins and when it ends', () => {
    const { feed, changes } = start();
    feed.completion({ kind: 'running', model });
    feed.completion({ kind: 'waiting for chat', model });
    feed.completion({ kind: 'waiting for chat', model });
    feed.completion({ kind: 'idle' });
    feed.completion({ kind: 'running', model });
    assert.deepEqual(changes, [{ waitsForChat: true }, { waitsForChat: false }]);
  });
});

describe('what a server is doing', () => {
  it('goes on while the engine of this process stands in for it', () => {
    const { feed, changes } = start();
    const engine = { model: { backend: 'embedded', model: 'embedded' }, intent: 'completion' } as const;
    feed.traffic({ kind: 'loading', model, intent: 'completion' });
    for (const kind of ['started', 'answering', 'ended'] as const) feed.traffic({ kind, ...engine });
    assert.deepEqual(changes, [{ loading: model }]);
    feed.traffic({ kind: 'ended', model, intent: 'completion' });
    assert.deepEqual(changes.at(-1), { running: undefined, loading: undefined });
  });
});

function start() {
  const changes: object[] = [];
  const feed = createStatusFeed({
    update: (change) => void changes.push(change),
    remember: () => undefined,
    dispose: () => undefined,
  });
  return { feed, changes };
}

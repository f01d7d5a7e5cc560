import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStatusFeed } from '../../src/vscode/statusFeed.ts';

const model = { backend: 'ollama', model: 'm' };

describe('what the status bar is told of completion', () => {
  it('is that it waits for a chat, when the waiting begins and when it ends', () => {
    const changes: object[] = [];
    const status = {
      update: (change: object) => changes.push(change),
      remember: () => undefined,
      dispose: () => undefined,
    };
    const feed = createStatusFeed(status);
    feed.completion({ kind: 'running', model });
    feed.completion({ kind: 'waiting for chat', model });
    feed.completion({ kind: 'waiting for chat', model });
    feed.completion({ kind: 'idle' });
    feed.completion({ kind: 'running', model });
    assert.deepEqual(changes, [{ waitsForChat: true }, { waitsForChat: false }]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { mendFor } from '../../../src/core/status/mend.ts';
import type { StatusProblem } from '../../../src/core/status/problem.ts';
import type { StatusBar } from '../../../src/vscode/status/statusBar.ts';
import { completionMissing, createStatusFeed } from '../../../src/vscode/status/statusFeed.ts';

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

describe('what does not work', () => {
  const error = { reason: 'not-running', message: 'Ollama is not running.' } as const;

  it('is told with what is needed to mend it, and over when a server answers', () => {
    const { feed, changes } = start();
    feed.traffic({ kind: 'failed', error, model, intent: 'completion' });
    feed.traffic({ kind: 'answering', model, intent: 'completion' });
    assert.deepEqual(changes, [
      { problem: { ...error, model, intent: 'completion', kind: 'ollama' } },
      { loading: undefined, problem: undefined },
    ]);
  });
  it('stays known while another model answers in its place, and is no longer shown first', () => {
    const { feed, problem } = start();
    const other = { ...receipt, model: { backend: 'ollama', model: 'other' } };
    feed.traffic({ kind: 'failed', error, model, intent: 'completion' });
    feed.traffic({ kind: 'answering', model: other.model, intent: 'completion' });
    feed.receipt(other);
    assert.deepEqual([problem()?.model, problem()?.passedOver], [model, true]);
    feed.traffic({ kind: 'failed', error, model, intent: 'completion' });
    assert.equal(problem()?.passedOver, true);
    feed.receipt(receipt);
    assert.equal(problem(), undefined);
  });
  it('stays known while the engine of this process stands in', () => {
    const { feed, problem } = start();
    feed.listed(error, undefined);
    feed.receipt({ ...receipt, model: { backend: 'embedded', model: 'embedded' } });
    assert.equal(problem()?.passedOver, true);
  });
  it('is over for a chat when any model answers there', () => {
    const { feed, problem } = start();
    feed.traffic({ kind: 'failed', error, model, intent: 'chat' });
    feed.traffic({ kind: 'answering', model: { backend: 'ollama', model: 'other' }, intent: 'completion' });
    assert.ok(problem());
    feed.traffic({ kind: 'answering', model: { backend: 'ollama', model: 'other' }, intent: 'chat' });
    assert.equal(problem(), undefined);
  });
  it('is told of a server that lists nothing, until it does', () => {
    const { feed, changes } = start();
    feed.listed(error, undefined);
    feed.listed(undefined, undefined);
    assert.deepEqual(changes, [{ problem: { ...error, kind: 'ollama' } }, { problem: undefined }]);
  });
  it('is that no model completes, where an Ollama could have one and none is named', () => {
    const { settings } = parseSettings({});
    const engine = { backend: 'embedded', model: 'embedded' };
    const missing = completionMissing(settings, [engine]);
    assert.equal(missing?.message, 'No installed model completes code.');
    assert.equal(missing && mendFor(missing)?.label, 'Download qwen2.5-coder:1.5b');
    assert.equal(completionMissing(settings, [model, engine]), undefined);
    assert.equal(completionMissing({ ...settings, backends: [] }, [engine]), undefined);
  });
});

describe('who served', () => {
  it('is told of what was stopped once it had said enough, not of what was stopped before its first word', () => {
    const { feed, served } = start();
    const stopped = { ...receipt, outcome: { kind: 'aborted' } } as const;
    feed.receipt({ ...stopped, id: 'unheard' });
    feed.receipt({ ...stopped, id: 'heard', firstTokenMs: 80 });
    feed.receipt({ ...stopped, id: 'warm', intent: 'warm', firstTokenMs: 80 });
    feed.receipt({ ...receipt, id: 'whole', firstTokenMs: 80 });
    assert.deepEqual(served, ['heard', 'whole']);
  });
});

const receipt: Receipt = {
  id: '1',
  at: 0,
  intent: 'completion',
  model,
  verdict: { kind: 'allow', zone: 'device', parts: [] },
  outcome: { kind: 'done', reason: 'stop' },
  bytesOut: 1_200,
  durationMs: 92,
  usage: {},
  policy: 'none',
};

function start() {
  const changes: object[] = [];
  const served: string[] = [];
  let problem: StatusProblem | undefined;
  const bar: StatusBar = {
    update: (change) => {
      changes.push(change);
      if ('problem' in change) ({ problem } = change);
    },
    remember: ({ id }) => void served.push(id),
    problem: () => problem,
    dispose: () => undefined,
  };
  const feed = createStatusFeed(bar, (backend) => (backend === 'ollama' ? 'ollama' : undefined));
  return { feed, changes, served, problem: () => problem };
}

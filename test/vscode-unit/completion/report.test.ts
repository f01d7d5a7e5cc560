import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompletionEvent } from '../../../src/assistant/completeInline/ports.ts';
import { createCompletionReport } from '../../../src/vscode/completion/report.ts';

const model = { backend: 'ollama', model: 'llama3.1:8b' };

describe('what the user is told of completion', () => {
  it('is that the model of the settings is not installed, before anything was asked of it', () => {
    const error = { reason: 'model-missing', message: 'llama3.1:8b is not installed.' } as const;
    assert.deepEqual(told({ kind: 'failed', model, error }), [error]);
  });
  it('is that a model was never trained to fill in code', () => {
    const why = 'llama3.1:8b was not trained to fill in code; choose a code model such as qwen2.5-coder:1.5b.';
    assert.deepEqual(told({ kind: 'unfit', model, why }), [{ reason: 'no-insert', message: why }]);
  });
  it('is nothing while all goes well', () => {
    assert.deepEqual(told({ kind: 'running', model }), []);
    assert.deepEqual(told({ kind: 'idle' }), []);
  });
});

function told(event: CompletionEvent): readonly object[] {
  const notices: object[] = [];
  const report = createCompletionReport({
    feed: { completion: () => undefined },
    notice: { show: (error) => notices.push(error) },
    log: () => undefined,
  });
  report(event);
  return notices;
}

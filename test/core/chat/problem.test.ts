import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorProblem, refusalProblem } from '../../../src/core/chat/problem.ts';
import { formatModelRef } from '../../../src/core/exchange/model.ts';
import type { BackendError, ErrorReason } from '../../../src/core/exchange/stream.ts';
import type { RefusalReason } from '../../../src/core/exchange/verdict.ts';
import { model } from './conversations.ts';

describe('errorProblem', () => {
  for (const [reason, kind, action] of [
    ['not-running', 'ollama', 'start-ollama'],
    ['not-running', 'custom', 'retry'],
    ['model-missing', 'ollama', 'pull'],
    ['model-missing', 'openrouter', 'choose-model'],
    ['unauthorized', 'openrouter', 'set-key'],
    ['too-long', 'ollama', 'new-chat'],
    ['became-remote', 'ollama', 'choose-model'],
    ['redirected', 'custom', 'open-settings'],
    ['busy', 'ollama', 'retry'],
    ['broken-stream', 'ollama', 'retry'],
  ] satisfies readonly [ErrorReason, string, string][])
    it(`offers ${action} for ${reason} of ${kind}`, () => {
      assert.equal(errorProblem({ error: error(reason) }, model, kind).action?.id, action);
    });

  it('leads to the address, not to a terminal on another machine, where the server was looked for elsewhere', () => {
    const asked = 'This window runs on the SSH host, so the server is looked for there';
    const { action, detail } = errorProblem({ error: { ...error('not-running'), asked } }, model, 'ollama');
    assert.deepEqual(action, { id: 'open-settings', label: 'Set its address' });
    assert.equal(detail, 'Do something.');
  });

  it('does not repeat the button in words', () => {
    const { detail, action } = errorProblem({ error: { ...error('busy'), action: 'Try again.' } }, model, 'ollama');
    assert.equal(action?.label, 'Try again');
    assert.equal(detail, undefined);
  });

  it('gives the advice where it says more than the button', () => {
    assert.equal(errorProblem({ error: error('not-running') }, model, 'ollama').detail, 'Do something.');
  });

  it('offers a stand-in beside what helps most, and says where it is', () => {
    const far = { backend: 'far', model: 'far-model' };
    const asked = (zone: 'perimeter' | 'cloud') =>
      errorProblem({ error: error('not-running'), standIn: { model: far, zone } }, model, 'ollama');
    assert.equal(asked('cloud').action?.id, 'start-ollama');
    assert.deepEqual(asked('cloud').other, { id: 'ask-farther', label: 'Ask far-model in the cloud instead' });
    assert.equal(asked('perimeter').other?.label, "Ask far-model on your organisation's servers instead");
  });
});

describe('refusalProblem', () => {
  for (const [reason, action] of [
    ['required-part', 'use-local'],
    ['no-policy', 'create-policy'],
    ['untrusted', 'manage-trust'],
    ['secret-found', 'use-local'],
    ['policy-loading', 'retry'],
    ['policy-changed', 'retry'],
    ['policy-invalid', 'open-policy'],
  ] satisfies readonly [RefusalReason, string][])
    it(`offers ${action} for ${reason}`, () => {
      assert.equal(refusalProblem({ reason, message: 'No.' }, model).action?.id, action);
    });

  it('offers another model where this machine has none', () => {
    assert.equal(refusalProblem({ reason: 'secret-found', message: 'No.' }, undefined).action?.id, 'choose-model');
  });

  it('offers a model on this machine beside what mends the refusal', () => {
    const refused = refusalProblem({ reason: 'no-policy', message: 'No.', action: 'Run "Create".' }, model);
    assert.deepEqual(refused.action, { id: 'create-policy', label: 'Create policy' });
    assert.equal(refused.detail, undefined);
    assert.deepEqual(refused.other, { id: 'use-local', label: `Ask ${formatModelRef(model)}` });
    assert.equal(refusalProblem({ reason: 'no-policy', message: 'No.' }, undefined).other, undefined);
    assert.equal(refusalProblem({ reason: 'policy-loading', message: 'No.' }, model).other, undefined);
  });
});

function error(reason: ErrorReason): BackendError {
  return { reason, message: 'Something is wrong.', action: 'Do something.' };
}

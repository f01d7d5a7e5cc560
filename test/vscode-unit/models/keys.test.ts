import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { SecretStorage } from 'vscode';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import { createKeys, type Keys } from '../../../src/vscode/models/keys.ts';
import { commands, prompts } from '../../support/vscode.ts';

const ollama: BackendRecord = { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' };
const far: BackendRecord = { id: 'far', kind: 'custom', url: 'https://far.example/v1' };
const other: BackendRecord = { id: 'other', kind: 'openrouter', url: 'https://openrouter.ai/api/v1' };
const fromEnvironment: BackendRecord = { ...far, id: 'team', keyEnv: 'TEAM_KEY' };

describe('API keys', () => {
  beforeEach(() => prompts.reset());

  it('are kept for the backend that the user names, and the user is told', async () => {
    const keys = start([ollama, far, fromEnvironment, other]);
    prompts.picked.push('far');
    prompts.typed.push('CANARY_KEY_OF_FAR');
    await commands.executeCommand('ringfence.keys.set');
    assert.deepEqual(prompts.lists, [['far', 'other']]);
    assert.deepEqual(prompts.messages, ['information: The key of far is kept and goes to far.example only.']);
    assert.equal(await keys.keyFor(far), 'CANARY_KEY_OF_FAR');
    assert.equal(await keys.keyFor({ ...far, url: 'https://elsewhere.example/v1' }), undefined);
  });

  it('are refused where they cannot stand in a header', async () => {
    start([far]);
    prompts.picked.push('far');
    prompts.typed.push('two words');
    await commands.executeCommand('ringfence.keys.set');
    assert.deepEqual(prompts.objections, ['A key has no spaces and only plain characters.']);
    assert.deepEqual(prompts.messages, []);
  });

  it('are removed from a list of the backends that have one', async () => {
    const keys = start([far, other], [other]);
    prompts.picked.push('other');
    await commands.executeCommand('ringfence.keys.remove');
    assert.deepEqual(prompts.lists, [['other']]);
    assert.deepEqual(prompts.messages, ['information: The key of other is removed.']);
    assert.equal(await keys.keyFor(other), undefined);
  });

  it('cannot be removed where none is kept', async () => {
    start([far, other]);
    await commands.executeCommand('ringfence.keys.remove');
    assert.deepEqual(prompts.lists, []);
    assert.deepEqual(prompts.messages, ['information: No key is kept.']);
  });

  it('come from the environment where the record says so', async () => {
    assert.equal(await start([fromEnvironment]).keyFor(fromEnvironment), 'CANARY_KEY_OF_TEAM');
  });
});

function start(backends: readonly BackendRecord[], withKey: readonly BackendRecord[] = []): Keys {
  const stored = new Map(withKey.map(({ id, url }) => [`key:${id}:${new URL(url).origin}`, 'CANARY_KEY']));
  const secrets: SecretStorage = {
    get: async (name) => stored.get(name),
    store: async (name, value) => void stored.set(name, value),
    delete: async (name) => void stored.delete(name),
    keys: async () => [...stored.keys()],
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return createKeys(secrets, () => backends, { TEAM_KEY: 'CANARY_KEY_OF_TEAM' });
}

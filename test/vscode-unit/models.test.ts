import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { commands, prompts } from '../support/vscode.ts';
import { createFakeDoor } from '../assistant/fakeDoor.ts';
import type { BackendRecord } from '../../src/core/settings/settings.ts';
import { registerModelCommands } from '../../src/vscode/models.ts';

const ollama: BackendRecord = { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' };
const far: BackendRecord = { id: 'far', kind: 'custom', url: 'https://far.example/v1' };

describe('Download Model', () => {
  beforeEach(() => prompts.reset());

  it('downloads what is named, shows how far it is and says when it is there', async () => {
    const { door, pulled } = start([far, ollama]);
    await commands.executeCommand('ringfence.models.pull', 'ollama/small:1b');
    assert.deepEqual(door.pulled, ['ollama/small:1b']);
    assert.deepEqual(prompts.progress.at(-1), { message: '1 B of 2 B', increment: 50 });
    assert.deepEqual(prompts.messages, ['information: small:1b is downloaded and ready to use.']);
    assert.equal(pulled(), 1);
  });

  it('takes what the user types', async () => {
    const { door } = start([ollama]);
    prompts.typed.push('small:1b');
    await commands.executeCommand('ringfence.models.pull');
    assert.deepEqual(door.pulled, ['ollama/small:1b']);
  });

  it('objects to a malformed name while it is typed', async () => {
    const { door } = start([ollama]);
    prompts.typed.push('not a model');
    await commands.executeCommand('ringfence.models.pull');
    assert.match(prompts.objections[0] ?? '', /Write a model's name/);
    assert.deepEqual(door.pulled, []);
  });

  it('says what is wrong with a name that another command hands over', async () => {
    const { door, pulled } = start([ollama]);
    await commands.executeCommand('ringfence.models.pull', 'ollama/a b');
    assert.match(prompts.messages[0] ?? '', /^error: Write a model's name/);
    assert.deepEqual([door.pulled, pulled()], [[], 0]);
  });

  it('says that only Ollama downloads where there is none', async () => {
    start([far]);
    await commands.executeCommand('ringfence.models.pull');
    assert.match(prompts.messages[0] ?? '', /^error: Only Ollama downloads models/);
  });

  it('says why a download failed', async () => {
    const { door, pulled } = start([ollama]);
    door.pull = async function* () {
      yield { kind: 'error', error: { reason: 'unexpected', message: 'No space left.', action: 'Free some.' } };
    };
    await commands.executeCommand('ringfence.models.pull', 'ollama/small:1b');
    assert.deepEqual(prompts.messages, ['error: No space left. Free some.']);
    assert.equal(pulled(), 0);
  });
});

function start(backends: readonly BackendRecord[]) {
  const door = createFakeDoor({ 'ollama/small:1b': 'device' });
  let pulled = 0;
  registerModelCommands({ guard: door, backends: () => backends, pulled: () => pulled++, log: () => undefined });
  return { door, pulled: () => pulled };
}

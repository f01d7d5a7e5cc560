import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import type { BackendError } from '../../../src/core/exchange/stream.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { createProblemNotice } from '../../../src/vscode/status/problemNotice.ts';
import { commands, editor, prompts } from '../../support/vscode.ts';

const wanted = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const other = { backend: 'ollama', model: 'qwen2.5-coder:1.5b-base-q4_K_M' };
const naming = { 'completion.model': 'ollama/qwen2.5-coder:1.5b' };
const missing: BackendError = { reason: 'model-missing', message: 'qwen2.5-coder:1.5b is not installed.' };

describe('the notice of a failure', () => {
  const clean = (): void => {
    editor.reset();
    prompts.reset();
  };
  beforeEach(clean);
  afterEach(clean);

  it('offers the installed model that is the missing one under another tag, and changes nothing by itself', async () => {
    const notice = start({ found: other, settings: naming });
    await notice.show(missing, wanted, 'completion');
    assert.deepEqual(prompts.messages, [
      'warning: qwen2.5-coder:1.5b is not installed, but qwen2.5-coder:1.5b-base-q4_K_M is.',
    ]);
    assert.deepEqual(prompts.buttons, [['Use qwen2.5-coder:1.5b-base-q4_K_M']]);
    assert.equal(editor.configuration.size, 0);
  });

  for (const [named, use, written] of [
    [['completion.model'], 'completion', ['completion.model']],
    [['completion.nearerModel'], 'completion', ['completion.nearerModel']],
    [['completion.model', 'completion.nearerModel'], 'completion', ['completion.model', 'completion.nearerModel']],
    [['chat.model', 'completion.model'], 'chat', ['chat.model']],
  ] as const)
    it(`writes ${written.join(' and ')} of the user where ${named.join(' and ')} names the model for ${use}`, async () => {
      const settings = Object.fromEntries(named.map((key) => [key, 'ollama/qwen2.5-coder:1.5b']));
      // A value of the workspace does not count for these settings and is left alone.
      editor.workspaceConfiguration.set('ringfence.completion.model', 'ollama/elsewhere');
      prompts.pressed.push('Use qwen2.5-coder:1.5b-base-q4_K_M');
      await start({ found: other, settings }).show(missing, wanted, use);
      assert.deepEqual(
        Object.fromEntries(editor.configuration),
        Object.fromEntries(written.map((key) => [`ringfence.${key}`, 'ollama/qwen2.5-coder:1.5b-base-q4_K_M'])),
      );
      assert.equal(editor.workspaceConfiguration.get('ringfence.completion.model'), 'ollama/elsewhere');
    });

  it('says who completes meanwhile, and in the chat nobody does', async () => {
    const standIn = { backend: 'ollama', model: 'starcoder2:3b' };
    const settings = { ...naming, 'completion.nearerModel': 'ollama/gone:1b' };
    await start({ found: other, standIn, settings }).show(missing, wanted, 'completion');
    const gone = { backend: 'ollama', model: 'gone:1b' };
    await start({ standIn, settings }).show({ ...missing, message: 'gone:1b is not installed.' }, gone, 'completion');
    await start({ found: other, standIn, settings }).show(missing, wanted, 'chat');
    assert.deepEqual(prompts.messages, [
      'warning: qwen2.5-coder:1.5b is not installed, but qwen2.5-coder:1.5b-base-q4_K_M is. Meanwhile starcoder2:3b completes.',
      'warning: gone:1b is not installed. Meanwhile starcoder2:3b completes.',
      'warning: qwen2.5-coder:1.5b is not installed, but qwen2.5-coder:1.5b-base-q4_K_M is.',
    ]);
  });

  it('says nothing of a model that nobody named: the next that is installed serves', async () => {
    await start({ found: other }).show(missing, wanted, 'completion');
    assert.deepEqual(prompts.messages, []);
  });

  it('offers the download where nothing like it is installed', async () => {
    const pulled: unknown[] = [];
    const pull = commands.registerCommand('ringfence.models.pull', (name) => pulled.push(name));
    prompts.pressed.push('Download');
    await start({ settings: naming }).show(missing, wanted, 'completion');
    pull.dispose();
    assert.deepEqual(prompts.messages, ['warning: qwen2.5-coder:1.5b is not installed.']);
    assert.deepEqual(pulled, ['ollama/qwen2.5-coder:1.5b']);
  });

  it('offers the choice of a model where the server downloads none', async () => {
    const backends = [{ id: 'team', kind: 'custom', url: 'https://team.example/v1' }];
    prompts.pressed.push('Choose Model');
    await start({ settings: { backends } }).show(missing, { backend: 'team', model: 'big' }, 'chat');
    assert.deepEqual(editor.executed, ['ringfence.models.selectForChat']);
  });

  it('is given once for each cause and session, however often it fails', async () => {
    const notice = start({ settings: { ...naming, 'completion.nearerModel': 'ollama/another' } });
    for (let times = 0; times < 50; times += 1) {
      await notice.show(missing, wanted, 'completion');
      await notice.show({ reason: 'no-insert', message: 'llama3.1:8b cannot.' }, wanted, 'completion');
      await notice.show({ reason: 'unauthorized', message: 'No key.' }, { backend: 'far', model: 'a' }, 'chat');
      await notice.show({ reason: 'unauthorized', message: 'No key.' }, { backend: 'far', model: 'b' }, 'chat');
    }
    assert.equal(prompts.messages.length, 3);
    await notice.show(missing, { backend: 'ollama', model: 'another' }, 'completion');
    assert.equal(prompts.messages.length, 4);
  });

  it('is not given of what the status bar shows until it is over', async () => {
    const notice = start({});
    for (const reason of ['not-running', 'timeout', 'busy', 'broken-stream', 'load-failed'] as const)
      await notice.show({ reason, message: 'Something is wrong.' }, wanted, 'completion');
    assert.deepEqual(prompts.messages, []);
  });
});

type World = { readonly found?: ModelRef; readonly standIn?: ModelRef; readonly settings?: Record<string, unknown> };

function start({ found, standIn, settings = {} }: World) {
  const notice = createProblemNotice({
    settings: () => parseSettings(settings).settings,
    nearest: async () => found,
    standIn: () => standIn,
  });
  return {
    show: async (...told: Parameters<typeof notice.show>): Promise<void> => {
      notice.show(...told);
      // Nobody waits for a notice; everything that it does is done within these turns.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ModelInfo } from '../../../src/core/exchange/model.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { RawSettings } from '../../../src/core/settings/settingReader.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import { registerModelCommands } from '../../../src/vscode/models/models.ts';
import { createFakeDoor } from '../../assistant/fakeDoor.ts';
import { commands, editor, prompts } from '../../support/vscode.ts';

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

describe('Download Model without a server', () => {
  it('leads to the start of one', async () => {
    editor.reset();
    prompts.reset();
    const { door } = start([ollama]);
    const error = { reason: 'not-running', message: 'Ollama is not running.' } as const;
    door.down = error;
    door.pull = async function* () {
      yield { kind: 'error', error };
    };
    let started = 0;
    commands.registerCommand('ringfence.models.start', () => (started += 1));
    prompts.pressed.push('Start Ollama');
    await commands.executeCommand('ringfence.models.pull', 'ollama/small:1b');
    assert.deepEqual([prompts.messages, prompts.buttons.at(-1)], [['error: Ollama is not running.'], ['Start Ollama']]);
    assert.equal(started, 1);
  });
});

describe('Start Ollama', () => {
  beforeEach(() => {
    editor.reset();
    prompts.reset();
  });

  it('starts none beside one that answers', async () => {
    start([ollama]);
    await commands.executeCommand('ringfence.models.start');
    assert.deepEqual([editor.terminals, prompts.messages], [[], ['information: Ollama is running.']]);
  });

  it('says where to get it when it does not come up', async (context) => {
    const { door, pulled } = start([ollama]);
    door.down = { reason: 'not-running', message: 'Ollama is not running.' };
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const started = commands.executeCommand('ringfence.models.start');
    for (let second = 0; second < 20; second += 1) {
      await turn();
      context.mock.timers.tick(1_000);
    }
    await started;
    assert.match(prompts.messages[0] ?? '', /^error: Ollama does not answer\..*ollama\.com\/download/);
    assert.equal(pulled(), 0);
  });

  it('opens no terminal where that would be on another machine than the one looked at', async () => {
    const { door } = start([ollama]);
    const action = 'This window runs in WSL, so the server is looked for there: start it there.';
    door.down = { reason: 'not-running', message: 'Ollama is not running.', action, asked: 'This window runs in WSL' };
    await commands.executeCommand('ringfence.models.start');
    assert.deepEqual([editor.terminals, prompts.messages], [[], [`error: Ollama is not running. ${action}`]]);
  });

  it('says that none is set up', async () => {
    start([far]);
    await commands.executeCommand('ringfence.models.start');
    assert.deepEqual(prompts.messages, ['error: No Ollama is set up. Add one under ringfence.backends.']);
  });
});

describe('Select Model', () => {
  beforeEach(() => {
    editor.reset();
    prompts.reset();
  });

  const installed = {
    'ollama/llama3.1:8b': 'device',
    'ollama/qwen2.5-coder:7b': 'device',
    'ollama/nomic-embed-text': 'device',
    'ollama/mine': 'device',
    'ollama/qwen2.5-coder:1.5b-base': 'device',
    'ollama/qwen3-coder:480b-cloud': 'cloud',
  } as const;

  it('lists for completion what can fill in first, and says why the others cannot', async () => {
    const { described } = start([ollama], installed);
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.deepEqual(prompts.lists.at(-1), [
      'ollama',
      '$(lock) qwen2.5-coder:7b',
      '$(lock) mine',
      '$(lock) qwen2.5-coder:1.5b-base',
      '$(cloud) qwen3-coder:480b-cloud',
      '$(circle-slash) llama3.1:8b',
      '$(circle-slash) nomic-embed-text',
      '$(cloud-download) Download a model…',
    ]);
    assert.match(prompts.details.at(-1)?.at(-3) ?? '', /^llama3\.1:8b was not trained to fill in code/);
    assert.deepEqual(described, ['llama3.1:8b', 'nomic-embed-text', 'mine']);
  });

  it('lists for chat what can answer first', async () => {
    start([ollama], installed);
    await commands.executeCommand('ringfence.models.selectForChat');
    assert.deepEqual(prompts.lists.at(-1)?.slice(-3), [
      '$(circle-slash) nomic-embed-text',
      '$(circle-slash) qwen2.5-coder:1.5b-base',
      '$(cloud-download) Download a model…',
    ]);
  });

  it('writes what is chosen into the settings of the user', async () => {
    start([ollama], installed);
    prompts.picked.push('$(lock) qwen2.5-coder:7b');
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.deepEqual(Object.fromEntries(editor.configuration), {
      'ringfence.completion.model': 'ollama/qwen2.5-coder:7b',
    });
  });

  it('takes a choice back, where one was made', async () => {
    start([ollama], installed, { 'completion.model': 'ollama/mine' });
    editor.configuration.set('ringfence.completion.model', 'ollama/mine');
    prompts.picked.push('$(discard) None in particular');
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.equal(prompts.lists.at(-1)?.at(-1), '$(discard) None in particular');
    assert.equal(editor.configuration.get('ringfence.completion.model'), undefined);
    await commands.executeCommand('ringfence.models.selectForChat');
    assert.ok(!prompts.lists.at(-1)?.includes('$(discard) None in particular'));
  });

  it('takes none that cannot serve, says why and lets the user choose again', async () => {
    start([ollama], installed);
    prompts.picked.push('$(circle-slash) llama3.1:8b', '$(lock) mine');
    prompts.pressed.push('Choose Another');
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.match(prompts.messages[0] ?? '', /^warning: llama3\.1:8b was not trained to fill in code/);
    assert.equal(editor.configuration.get('ringfence.completion.model'), 'ollama/mine');
  });

  it('says of a server that does not answer what helps', async () => {
    const { door } = start([ollama], installed);
    door.down = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start it.' };
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.deepEqual(prompts.lists.at(-1), ['ollama', '$(warning) Ollama is not running.']);
    assert.deepEqual(prompts.details.at(-1), [undefined, 'Start Ollama']);
  });

  it('does what helps where that row is taken', async (context) => {
    const { door, pulled } = start([ollama], installed);
    door.down = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start it.' };
    context.mock.timers.enable({ apis: ['setTimeout'] });
    prompts.picked.push('$(warning) Ollama is not running.');
    const chosen = commands.executeCommand('ringfence.models.selectForCompletion');
    while (editor.terminals.length === 0) await turn();
    assert.deepEqual(editor.terminals, [{ name: 'Ollama', sent: ['ollama serve'] }]);
    door.down = undefined;
    context.mock.timers.tick(1_000);
    await chosen;
    assert.equal(pulled(), 1);
    assert.equal(editor.configuration.has('ringfence.completion.model'), false);
  });

  it('leads to a download where an Ollama has none that serve', async () => {
    start([ollama], {});
    prompts.picked.push('$(cloud-download) Download a model…');
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.deepEqual(prompts.lists.at(-1), ['ollama', '$(cloud-download) Download a model…']);
    assert.ok(editor.executed.includes('ringfence.models.pull'));
  });

  it('lists the others where one server breaks off', async () => {
    const { door } = start([ollama, far], { 'far/qwen2.5-coder': 'cloud' });
    const plain = createFakeDoor(door.zones);
    door.models = (backend, signal) =>
      backend === 'ollama' ? Promise.reject(new Error('aborted')) : plain.models(backend, signal);
    await commands.executeCommand('ringfence.models.selectForCompletion');
    assert.deepEqual(prompts.lists.at(-1), [
      'ollama',
      '$(warning) ollama did not list its models.',
      'far',
      '$(cloud) qwen2.5-coder',
    ]);
  });
});

/** `mine` is a renamed copy, which only its template tells. */
function start(
  backends: readonly BackendRecord[],
  zones: Record<string, Zone> = { 'ollama/small:1b': 'device' },
  raw: RawSettings = {},
) {
  const door = createFakeDoor(zones);
  const described: string[] = [];
  door.describe = async (ref, signal) => {
    described.push(ref.model);
    const list = await door.models(ref.backend, signal);
    const listed = list.kind === 'models' && list.models.find(({ info }) => info.ref.model === ref.model);
    if (!listed) return { kind: 'failed', error: { reason: 'model-missing', message: 'It is gone.' } };
    const template = ref.model === 'mine' ? '<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}' : '{{ .Prompt }}';
    const info: ModelInfo = { ...listed.info, template };
    return { kind: 'described', info, proof: listed.proof, loaded: false };
  };
  let pulled = 0;
  const settings = { ...parseSettings(raw).settings, backends };
  registerModelCommands({ guard: door, settings: () => settings, pulled: () => pulled++, log: () => undefined });
  return { door, described, pulled: () => pulled };
}

/** Lets everything run that waits for no timer. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

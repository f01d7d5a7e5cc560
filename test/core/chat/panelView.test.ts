import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BoardEntry, ChatState } from '../../../src/core/chat/chatState.ts';
import { chatView } from '../../../src/core/chat/panelView.ts';
import type { ListedModel } from '../../../src/core/exchange/guard.ts';
import type { BackendError } from '../../../src/core/exchange/stream.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import { answer, attachment, conversation, fileLabel, question } from './conversations.ts';

describe('chatView', () => {
  it('asks for a server where none is set up', () => {
    assert.equal(setup({ board: [] })?.action?.id, 'open-settings');
  });

  it('offers to start Ollama when it does not answer', () => {
    const error: BackendError = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start it.' };
    assert.deepEqual(setup({ board: [entry({ error })] }), {
      message: 'Ollama is not running.',
      detail: 'Start it.',
      action: { id: 'start-ollama', label: 'Start Ollama' },
    });
  });

  it('offers a first model where Ollama has none', () => {
    assert.equal(setup({ board: [entry({})] })?.action?.label, 'Download qwen2.5-coder:1.5b');
  });

  it('offers to download the model that the settings name', () => {
    const state = { board: [entry({ models: [listed('small:1b', 'device')] })] };
    assert.deepEqual(setup(state, { backend: 'ollama', model: 'big:70b' })?.action, {
      id: 'pull',
      label: 'Download big:70b',
    });
  });

  it('offers the model that is installed under another tag, and downloads nothing', () => {
    const models = [listed('big:70b-instruct-q8_0', 'device'), listed('big:7b', 'device')];
    assert.deepEqual(setup({ board: [entry({ models })] }, { backend: 'ollama', model: 'big:70b' }), {
      message: 'big:70b is not installed, but big:70b-instruct-q8_0 is.',
      action: { id: 'use-installed', label: 'Use big:70b-instruct-q8_0' },
    });
  });

  it('downloads a model of which only a base or a cloud variant is there', () => {
    const models = [listed('big:70b-base', 'device'), listed('big:70b-cloud', 'cloud')];
    const wanted = { backend: 'ollama', model: 'big:70b' };
    assert.equal(setup({ board: [entry({ models })] }, wanted)?.action?.id, 'pull');
  });

  it('offers it below the answer that failed for want of the model, too', () => {
    const error: BackendError = { reason: 'model-missing', message: 'qwen2.5-coder:7b is not installed.' };
    const failed = { ...answer('a1', ''), state: { kind: 'failed', error } } as const;
    const board = [entry({ models: [listed('qwen2.5-coder:7b-instruct-q8_0', 'device')] })];
    const talk = conversation(question('q', 'a'), failed);
    const [, view] = chatView(state({ board, conversation: talk }), undefined).messages;
    assert.deepEqual(view?.kind === 'answer' && view.state.kind === 'problem' && view.state.problem, {
      message: 'qwen2.5-coder:7b is not installed, but qwen2.5-coder:7b-instruct-q8_0 is.',
      action: { id: 'use-installed', label: 'Use qwen2.5-coder:7b-instruct-q8_0' },
    });
  });

  it('finds a model that is named without its tag', () => {
    const state = { board: [entry({ models: [listed('small:latest', 'device')] })] };
    assert.equal(setup(state, { backend: 'ollama', model: 'small' }), undefined);
  });

  it('asks a silent server again rather than an answer that is not there', () => {
    const error: BackendError = { reason: 'timeout', message: 'No answer.' };
    assert.equal(setup({ board: [entry({ error })] })?.action?.id, 'refresh');
  });

  it('says nothing while it still asks', () => {
    assert.equal(setup({ board: [{ ...entry({}), loading: true }] }), undefined);
  });

  it('offers to create the policy that a server of the cloud waits for, in the empty chat and in the list', () => {
    const far = { id: 'far', kind: 'custom', url: 'https://far.example/v1' } as const;
    const error: BackendError = { reason: 'not-permitted', refusal: 'no-policy', message: 'No policy.' };
    const board = [entry({ models: [listed('small:1b', 'device')] }), { ...entry({ error }), backend: far }];
    const mend = { id: 'create-policy', label: 'Create policy' };
    assert.deepEqual(setup({ board }, { backend: 'far', model: 'big' })?.action, mend);
    const [, group] = chatView(state({ board }), undefined).panel.groups;
    assert.deepEqual([group?.problem, group?.mend], ['No policy.', mend]);
  });

  it('offers nothing in the list where asking again or another model is all that helps', () => {
    const error: BackendError = { reason: 'timeout', message: 'No answer.' };
    assert.equal(chatView(state({ board: [entry({ error })] }), undefined).panel.groups[0]?.mend, undefined);
  });

  it('shows each model with its zone, and none for one that no server lists', () => {
    const board = [entry({ models: [listed('small:1b', 'device'), listed('big-cloud', 'cloud')] })];
    const { panel } = chatView(state({ board, model: { backend: 'ollama', model: 'unheard' } }), undefined);
    assert.deepEqual(
      panel.groups[0]?.models.map(({ name, zone }) => `${name} ${zone}`),
      ['small:1b device', 'big-cloud cloud'],
    );
    assert.equal(panel.model?.zone, undefined);
  });

  it('leaves embedding models out of the list', () => {
    const embedding = {
      ...listed('embed', 'device'),
      info: { ...listed('embed', 'device').info, capabilities: ['embedding'] as const },
    };
    assert.deepEqual(
      chatView(state({ board: [entry({ models: [embedding] })] }), undefined).panel.groups[0]?.models,
      [],
    );
  });

  it('says of an attachment how far it may go, and by which rule', () => {
    const { panel } = chatView(state({ attachments: [attachment('x', 'secrets/k.ts', 'device')] }), undefined);
    assert.deepEqual(panel.attachments, [
      {
        id: 'x',
        title: 'secrets/k.ts',
        reach: 'device',
        why: 'secrets/k.ts stays on this machine: rule keys (.ringfence.jsonc, line 12), signing keys',
      },
    ]);
  });

  it('says of an answer how far it may go', () => {
    const made = answer('a1', 'the key', fileLabel('secrets/k.ts', 'device'));
    const [, view] = chatView(state({ conversation: conversation(question('q', 'a'), made) }), undefined).messages;
    assert.equal(view?.reach, 'device');
    assert.match(view?.kind === 'answer' ? view.why : '', /^made with secrets\/k\.ts: rule keys/);
  });

  it('offers to stay with the largest model of this machine when parts are held back', () => {
    const held = { ...answer('a1', ''), state: { kind: 'withheld', zone: 'cloud', items: [] } } as const;
    const board = [entry({ models: [listed('small:1b', 'device'), listed('far-cloud', 'cloud')] })];
    const [, view] = chatView(
      state({ board, conversation: conversation(question('q', 'a'), held) }),
      undefined,
    ).messages;
    assert.deepEqual(view?.kind === 'answer' && view.state, {
      kind: 'withheld',
      zone: 'cloud',
      items: [],
      local: 'ollama/small:1b',
    });
  });

  it('calls a conversation by the beginning of its first question', () => {
    const long = `  ${'word '.repeat(30)}\nmore`;
    const { title } = chatView(state({ conversation: conversation(question('q', long)) }), undefined).panel;
    assert.match(title, /^word (word )+word…$/);
    assert.ok(title.length <= 60);
  });
});

function setup(parts: Partial<ChatState>, configured?: { readonly backend: string; readonly model: string }) {
  return chatView(state(parts), configured).panel.setup;
}

function state(parts: Partial<ChatState>): ChatState {
  return {
    conversation: conversation(),
    attachments: [],
    board: [entry({})],
    model: undefined,
    pull: undefined,
    notice: undefined,
    ...parts,
  };
}

function entry(parts: Partial<BoardEntry>): BoardEntry {
  return {
    backend: { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' },
    loading: false,
    models: [],
    ...parts,
  };
}

function listed(name: string, zone: Zone): ListedModel {
  const evidence = {
    origin: 'http://127.0.0.1:11434',
    peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
    server: { kind: 'ollama', version: '0.33.0' },
    model: { kind: 'local', pinned: true },
    host: 'this machine',
  } as const;
  return {
    info: { ref: { backend: 'ollama', model: name }, capabilities: ['completion'], bytes: 1_000 },
    proof: { zone, because: ['Proved.'], evidence },
  };
}

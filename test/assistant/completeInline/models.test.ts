import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import { createInlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import { createModelLookup } from '../../../src/assistant/completeInline/models.ts';
import type { CompletionEvent, InlineCompletionPorts } from '../../../src/assistant/completeInline/ports.ts';
import type { ModelDescription } from '../../../src/core/exchange/guard.ts';
import type { ModelInfo } from '../../../src/core/exchange/model.ts';
import { at } from '../../support/cursor.ts';

const model = { backend: 'local', model: 'qwen2.5-coder:1.5b' };

describe('what completion knows of a model', () => {
  it('is the smaller of the two windows: what it was trained for, and what the settings give it', async () => {
    for (const [setting, trained, expected] of [
      [8_192, 32_768, 8_192],
      [8_192, 2_048, 2_048],
      [4_096, undefined, 4_096],
    ] as const) {
      const play = start({ contextLength: setting });
      if (trained !== undefined) play.info.contextLength = trained;
      const facts = await play.lookup.of(model);
      assert.equal(facts.kind === 'fit' && facts.contextLength, expected);
    }
  });
  it('is in which order it was trained to read', async () => {
    const orders = ['qwen2.5-coder:1.5b', 'codestral:22b', 'novel:1b'].map(async (name) => {
      const facts = await start({}).lookup.of({ backend: 'local', model: name });
      return facts.kind === 'fit' && facts.order;
    });
    assert.deepEqual(await Promise.all(orders), ['prefix-first', 'suffix-first', 'prefix-first']);
  });
  it('is why it cannot fill in code, where it cannot', async () => {
    const play = start({});
    play.info.capabilities = ['completion'];
    const facts = await play.lookup.of({ backend: 'local', model: 'llama3.2:3b' });
    assert.match(facts.kind === 'unfit' ? facts.why : '', /llama3\.2:3b was not trained/);
  });
  it('is asked for once a minute, and off the way: until then the old answer holds', async () => {
    const play = start({});
    for (const now of [0, 59_999]) {
      play.now = now;
      await play.lookup.of(model);
    }
    assert.equal(play.asked, 1);
    play.now = 60_000;
    play.info.contextLength = 1_024;
    const old = await play.lookup.of(model);
    assert.equal(old.kind === 'fit' && old.contextLength, 8_192);
    await new Promise((resolve) => setImmediate(resolve));
    const fresh = await play.lookup.of(model);
    assert.deepEqual([fresh.kind === 'fit' && fresh.contextLength, play.asked], [1_024, 2]);
  });
  it('is not that its server did not answer: it is asked again', async () => {
    const play = start({});
    play.failing = true;
    assert.equal((await play.lookup.of(model)).kind, 'failed');
    play.failing = false;
    assert.equal((await play.lookup.of(model)).kind, 'fit');
  });
  it('is that it is in memory, once it has answered', async () => {
    const play = start({});
    const loaded = async () => {
      const facts = await play.lookup.of(model);
      return facts.kind === 'fit' && facts.loaded;
    };
    assert.equal(await loaded(), false);
    play.lookup.noteLoaded(model);
    assert.equal(await loaded(), true);
  });
});

describe('a model that was never trained to fill in code', () => {
  it('is sent nothing, and the user is told what to do', async () => {
    const [events, sent]: [CompletionEvent[], string[]] = [[], []];
    const play = start({});
    play.info.capabilities = ['completion'];
    const chatModel = { backend: 'local', model: 'llama3.2:3b' };
    const completion = createInlineCompletion({
      ...play.ports,
      guard: {
        ...play.ports.guard,
        load: async () => void sent.push('load'),
        async *send({ intent }) {
          sent.push(intent);
          yield { kind: 'delta', text: 'I am a chat model.' };
        },
      },
      settings: () => ({ ...play.ports.settings(), ...settings, models: [chatModel] }),
      context: () => [],
      chat: createChatActivity(),
      report: (event) => events.push(event),
    });
    const facts = { cursors: 1, hasSelection: false, aside: false };
    const ask = { spot: at('x();\n█\n'), facts, explicit: true, listOpen: false };
    completion.moved(ask);
    assert.equal(await completion.suggest(ask, new AbortController().signal), undefined);
    completion.dispose();
    assert.deepEqual(sent, []);
    const [told] = events;
    assert.match(told?.kind === 'unfit' ? told.why : '', /^llama3\.2:3b was not trained to fill in code; choose .+$/);
  });
});

const settings = { trigger: 'automatic', delay: 'adaptive', lines: 'auto', maxLines: 12, warm: true } as const;

/** A lookup over a server whose answer and clock the test holds. */
function start({ contextLength = 8_192 }) {
  const info: { -readonly [Key in keyof ModelInfo]: ModelInfo[Key] } = {
    ref: model,
    capabilities: ['completion', 'insert'],
  };
  const play = { now: 0, asked: 0, failing: false, info };
  const describing = async (): Promise<ModelDescription> => {
    play.asked += 1;
    if (play.failing) return { kind: 'failed', error: { reason: 'timeout', message: 'Ollama does not answer.' } };
    const proof = { zone: 'device' } as Extract<ModelDescription, { kind: 'described' }>['proof'];
    return { kind: 'described', info: { ...info }, proof, loaded: false };
  };
  // Of the ports, what a lookup asks of them.
  const ports = {
    clock: { now: () => play.now, delay: () => Promise.resolve() },
    guard: { describe: describing },
    settings: () => ({ contextLength, templateFor: () => undefined }),
  } as unknown as InlineCompletionPorts;
  return Object.assign(play, { ports, lookup: createModelLookup(ports, new AbortController().signal) });
}

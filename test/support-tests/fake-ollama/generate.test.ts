import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, number } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const coder = { name: 'coder:1b', template: '{{ .Prompt }}{{ .Suffix }}' };

describe('fake Ollama: /api/generate', () => {
  it('streams NDJSON frames and closes with metrics in nanoseconds', async () => {
    await withOllama({ models: [coder], answer: () => 'a = b' }, async ({ url, requests }) => {
      const reply = await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt: 'let x;', raw: true } });
      assert.equal(reply.headers['content-type'], 'application/x-ndjson');
      assert.deepEqual(
        reply.lines.map((frame) => [frame['model'], frame['response'], frame['done']]),
        [
          ['coder:1b', 'a', false],
          ['coder:1b', ' =', false],
          ['coder:1b', ' b', false],
          ['coder:1b', '', true],
        ],
      );
      const last = reply.lines.at(-1) ?? {};
      assert.equal(last['done_reason'], 'stop');
      assert.equal(last['eval_count'], 3);
      assert.equal(last['prompt_eval_count'], 3);
      assert.equal(last['context'], undefined);
      for (const name of ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration']) {
        assert.ok(Number.isInteger(last[name]), name);
      }
      assert.equal(requests[0]?.tokens, 3);
    });
  });

  it('answers in one object when it is not to stream, with the context of a rendered prompt', async () => {
    await withOllama({ models: [coder], answer: () => 'a = b' }, async ({ url }) => {
      const { json } = await ask(`${url}/api/generate`, {
        body: { model: 'coder:1b', prompt: 'let x;', stream: false },
      });
      assert.equal(json['response'], 'a = b');
      assert.equal(json['done'], true);
      assert.equal(list(json['context']).length, 6);
    });
  });

  it('evaluates less, and counts the same, when the prompt shares its start with the one before', async () => {
    await withOllama({ models: [coder], answer: () => 'ok' }, async ({ url, waitFor }) => {
      const prompt = 'one two three four five six seven eight '.repeat(20);
      const first = await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt, stream: false, raw: true } });
      const body = { model: 'coder:1b', prompt: `${prompt}nine`, stream: false, raw: true };
      const second = await ask(`${url}/api/generate`, { body });
      assert.ok(Number(second.json['prompt_eval_count']) >= Number(first.json['prompt_eval_count']));
      assert.ok(Number(second.json['prompt_eval_duration']) < Number(first.json['prompt_eval_duration']) / 20);
      const [, seen] = await waitFor(2);
      assert.ok((seen?.cachedTokens ?? 0) > 150);
    });
  });

  it('says what is missing by the full name when the model cannot insert', async () => {
    await withOllama({ models: [{ name: 'plain' }, { name: 'team/plain:1b' }] }, async ({ url }) => {
      const one = await ask(`${url}/api/generate`, { body: { model: 'plain', prompt: 'a', suffix: 'b' } });
      assert.equal(one.status, 400);
      assert.equal(one.json['error'], 'registry.ollama.ai/library/plain:latest does not support insert');
      const raw = { model: 'team/plain:1b', prompt: 'a', suffix: 'b', raw: true };
      const other = await ask(`${url}/api/generate`, { body: raw });
      assert.equal(other.json['error'], 'registry.ollama.ai/team/plain:1b does not support insert');
    });
  });

  it('thinks unless told not to, and refuses to where the model cannot', async () => {
    const models = [{ name: 'r1', capabilities: ['completion', 'thinking'] as const }, coder];
    const answer = () => ({ text: 'yes', thinking: 'hm' });
    await withOllama({ models, answer }, async ({ url }) => {
      const open = await ask(`${url}/api/generate`, { body: { model: 'r1', prompt: 'a' } });
      assert.equal(open.lines[0]?.['thinking'], 'hm');
      assert.equal(open.lines[0]?.['response'], '');
      const shut = await ask(`${url}/api/generate`, { body: { model: 'r1', prompt: 'a', think: false } });
      assert.equal(shut.lines[0]?.['thinking'], undefined);
      assert.equal(shut.lines[0]?.['response'], 'yes');
      const unable = await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt: 'a', think: true } });
      assert.equal(unable.json['error'], '"coder:1b" does not support thinking');
    });
  });

  it('loads without generating for an empty prompt, and unloads with keep_alive 0', async () => {
    await withOllama({ models: [coder] }, async ({ url }) => {
      const loaded = await ask(`${url}/api/generate`, { body: { model: 'coder:1b' } });
      assert.equal(loaded.json['done_reason'], 'load');
      assert.equal(list((await ask(`${url}/api/ps`)).json['models']).length, 1);
      const gone = await ask(`${url}/api/generate`, { body: { model: 'coder:1b', keep_alive: 0 } });
      assert.equal(gone.json['done_reason'], 'unload');
      assert.equal(list((await ask(`${url}/api/ps`)).json['models']).length, 0);
    });
  });

  it('cuts a long prompt in the middle, or refuses it when told not to truncate', async () => {
    const prompt = Array.from({ length: 100 }, (_, index) => `w${index}`).join(' ');
    await withOllama({ models: [coder], defaultContext: 64 }, async ({ url, waitFor }) => {
      const body = { model: 'coder:1b', prompt, stream: false, raw: true };
      await ask(`${url}/api/generate`, { body });
      const [seen] = await waitFor(1);
      assert.equal(seen?.truncated, true);
      assert.equal(seen?.promptTokens, 34);
      const refused = await ask(`${url}/api/generate`, { body: { ...body, truncate: false } });
      assert.equal(refused.status, 400);
      assert.match(String(refused.json['error']), /exceed_context_size_error/);
    });
  });

  it('names the option that has the wrong type', async () => {
    await withOllama({ models: [coder] }, async ({ url }) => {
      const say = async (options: object): Promise<unknown> =>
        (await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt: 'a', options } })).json['error'];
      assert.equal(await say({ num_ctx: '4096' }), 'option "num_ctx" must be of type integer');
      assert.equal(await say({ temperature: 'low' }), 'option "temperature" must be of type float32');
      assert.equal(await say({ stop: 'x' }), 'option "stop" must be of type array');
      assert.equal(await say({ stop: [1] }), 'option "stop" must be of an array of strings');
      assert.equal(await say({ mirostat: 'gone', num_gpu: null }), undefined);
    });
  });

  it('stops at num_predict with reason length and at a stop sequence with reason stop', async () => {
    await withOllama({ models: [coder], answer: () => 'one two three' }, async ({ url }) => {
      const run = async (options: object) =>
        (await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt: 'a', stream: false, options } })).json;
      const cut = await run({ num_predict: 2 });
      assert.deepEqual([cut['response'], cut['done_reason'], number(cut['eval_count'])], ['one two', 'length', 2]);
      const stopped = await run({ stop: [' three', ' two'] });
      assert.deepEqual([stopped['response'], stopped['done_reason']], ['one', 'stop']);
    });
  });

  it('ends without a final frame when a token repeats more than thirty times', async () => {
    await withOllama({ models: [coder], answer: () => 'x'.concat(' \n'.repeat(60)) }, async ({ url, waitFor }) => {
      const { lines } = await ask(`${url}/api/generate`, { body: { model: 'coder:1b', prompt: 'a' } });
      assert.equal(lines.filter((frame) => frame['done'] === true).length, 0);
      assert.equal(lines.length, 1 + 31);
      const [seen] = await waitFor(1, ({ outcome }) => outcome !== 'open');
      assert.equal(seen?.outcome, 'error');
    });
  });
});

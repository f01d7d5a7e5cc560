import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ollama } from 'ollama';
import { OpenAI } from 'openai';
import { startRecorder } from '../support/recorder.ts';
import { ask } from './http.ts';

describe('the recorder', () => {
  it('keeps clients of either protocol going', async () => {
    const recorder = await startRecorder();
    const native = new Ollama({ host: recorder.url });
    assert.equal((await native.generate({ model: 'm', prompt: 'p' })).response, 'recorded');
    const frames = [];
    for await (const part of await native.chat({ model: 'm', messages: [], stream: true })) frames.push(part);
    assert.deepEqual(
      frames.map(({ done, message }) => [message.content, done]),
      [
        ['recorded', false],
        ['', true],
      ],
    );
    const compatible = new OpenAI({ baseURL: `${recorder.url}/v1`, apiKey: 'CANARY_KEY_1', maxRetries: 0 });
    const whole = await compatible.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] });
    assert.equal(whole.choices[0]?.message.content, 'recorded');
    const stream = await compatible.chat.completions.create({ model: 'm', messages: [], stream: true });
    const reasons = [];
    for await (const chunk of stream) reasons.push(chunk.choices[0]?.finish_reason);
    assert.deepEqual(reasons, [null, 'stop']);
    assert.equal((await compatible.models.list()).data.length, 1);
    assert.equal(recorder.saw('CANARY_KEY_1'), true);
    await recorder.stop();
  });

  it('answers as the test says where the test says so', async () => {
    const recorder = await startRecorder({
      reply: ({ path }) => (path === '/down' ? { status: 503, headers: {}, body: 'later' } : undefined),
    });
    assert.deepEqual([(await ask(`${recorder.url}/down`)).status, (await ask(recorder.url)).status], [503, 200]);
    await recorder.stop();
  });
});

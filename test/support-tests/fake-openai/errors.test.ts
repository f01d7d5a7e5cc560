import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openaiFailures, rateLimited } from '../../support/fake-openai/failures.ts';
import type { FakeOpenAIOptions, OpenAIBehaviour } from '../../support/fake-openai/options.ts';
import { list, record } from '../../support/fake-server/json.ts';
import { ask, type Reply } from '../http.ts';
import { chunksOf, withOpenAI } from './with-openai.ts';

const body = { model: 'm', messages: [{ role: 'user', content: 'hello' }], stream: true };

async function answered(behaviour: OpenAIBehaviour, options: FakeOpenAIOptions = {}): Promise<Reply> {
  const replies: Reply[] = [];
  await withOpenAI({ chatAnswer: 'a b c', ...options, behaviour: () => behaviour }, async ({ baseURL }) => {
    replies.push(await ask(`${baseURL}/chat/completions`, { body }));
  });
  const [reply] = replies;
  assert.ok(reply);
  return reply;
}

describe('fake OpenAI: errors', () => {
  const statuses: Readonly<Record<keyof typeof openaiFailures, number>> = {
    unauthorized: 401,
    outOfCredits: 402,
    moderated: 403,
    privacyRestricted: 404,
    timedOut: 408,
    tooLarge: 413,
    contextExceeded: 400,
    outOfQuota: 429,
    serverError: 500,
    badGateway: 502,
    proxyBadGateway: 502,
    proxyTimeout: 504,
    noProvider: 503,
    loadingModel: 503,
    portkeyException: 500,
  };
  for (const [name, failure] of Object.entries(openaiFailures)) {
    it(`answers ${name}`, async () => {
      const reply = await answered({ failure });
      assert.deepEqual(
        [name, reply.status],
        Object.entries(statuses).find(([key]) => key === name),
      );
      assert.match(reply.text, /^(?:\{"(?:error|status)":|<html>)/);
    });
  }

  it('says when to come again', async () => {
    const reply = await answered({ failure: rateLimited(7) });
    assert.deepEqual([reply.status, reply.headers['retry-after']], [429, '7']);
  });

  it('refuses wrong keys, unknown models, missing models and broken JSON', async () => {
    await withOpenAI({ apiKey: 'CANARY_KEY' }, async ({ baseURL }) => {
      const post = (headers: Record<string, string>, asked: unknown): Promise<Reply> =>
        ask(`${baseURL}/chat/completions`, { body: asked, headers });
      const good = { authorization: 'Bearer CANARY_KEY' };
      assert.equal((await post({}, body)).status, 401);
      assert.equal((await post(good, body)).status, 200);
      const unknown = await post(good, { ...body, model: 'x' });
      assert.deepEqual([unknown.status, record(unknown.json['error'])['code']], [404, 'model_not_found']);
      assert.equal((await post(good, {})).status, 400);
      assert.equal((await post(good, '{"model"')).status, 400);
      assert.equal((await ask(`${baseURL}/nothing`, { headers: good })).status, 404);
    });
  });

  it('sends an error object within a stream, in the shape of the product', async () => {
    const ending = { afterTokens: 1, kind: 'error-frame', message: 'boom' } as const;
    const plain = chunksOf(await answered({ ending })).at(-1) ?? {};
    assert.equal(record(plain['error'])['message'], 'boom');
    const router = chunksOf(await answered({ ending }, { profile: 'openrouter' })).at(-1) ?? {};
    assert.equal(record(router['error'])['code'], 502);
    assert.equal(list(router['choices']).map(record)[0]?.['finish_reason'], 'error');
    const old = await answered({ ending, errorField: true });
    assert.match(old.text, /\nerror: \{"message":"boom"/);
  });

  it('ends without a finish reason, or without [DONE]', async () => {
    const cut = await answered({ ending: { afterTokens: 2, kind: 'cut' } });
    assert.doesNotMatch(cut.text, /"finish_reason":"|DONE/);
    const undone = await answered({ withoutDone: true });
    assert.match(undone.text, /"finish_reason":"stop"/);
    assert.doesNotMatch(undone.text, /DONE/);
  });

  it('sends a line that is no JSON', async () => {
    const { data } = await answered({ ending: { afterTokens: 1, kind: 'garbage-line' } });
    assert.throws(() => JSON.parse(data[2] ?? ''), SyntaxError);
  });

  it('resets, stalls and redirects', async () => {
    await assert.rejects(answered({ ending: { afterTokens: 1, kind: 'reset' } }), { code: 'ECONNRESET' });
    const moved = await answered({ failure: { kind: 'redirect', status: 307, to: 'http://127.0.0.1:9/' } });
    assert.deepEqual([moved.status, moved.headers.location], [307, 'http://127.0.0.1:9/']);
    const behaviour = () => ({ ending: { afterTokens: 1, kind: 'stall' } as const });
    await withOpenAI({ behaviour }, async ({ baseURL, waitFor }) => {
      const gone = new AbortController();
      const asked = assert.rejects(ask(`${baseURL}/chat/completions`, { body, signal: gone.signal }));
      await waitFor(1, ({ tokens }) => tokens === 1);
      gone.abort();
      await asked;
      await waitFor(1, ({ outcome }) => outcome === 'cancelled');
    });
  });
});

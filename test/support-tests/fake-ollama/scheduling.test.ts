import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, record } from '../../support/fake-server/json.ts';
import { ask, type Reply } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const generate = (url: string, extra: object = {}, signal?: AbortSignal): Promise<Reply> =>
  ask(`${url}/api/generate`, { body: { model: 'm', prompt: 'a', raw: true, ...extra }, ...(signal && { signal }) });

describe('fake Ollama: loading and waiting', () => {
  it('sends nothing, not even headers, before the model is loaded', async () => {
    await withOllama({ models: [{ name: 'm', loadMs: 60 }] }, async ({ url, waitFor, counters }) => {
      await generate(url);
      const [cold] = await waitFor(1, ({ outcome }) => outcome === 'done');
      assert.ok((cold?.firstByteAt ?? 0) - (cold?.receivedAt ?? 0) >= 59);
      const warm = await generate(url, { stream: false });
      assert.ok(Number(warm.json['load_duration']) < 60e6);
      assert.equal(counters().loads, 1);
    });
  });

  it('stays cold when the client that asked leaves during the load', async () => {
    await withOllama({ models: [{ name: 'm', loadMs: 2000 }] }, async ({ url, waitFor, counters }) => {
      const gone = new AbortController();
      const asked = assert.rejects(generate(url, {}, gone.signal));
      await waitFor(1, ({ body }) => body !== undefined);
      gone.abort();
      await asked;
      const [seen] = await waitFor(1, ({ outcome }) => outcome === 'cancelled');
      assert.equal(seen?.tokens, 0);
      assert.equal(counters().abortedLoads, 1);
      assert.deepEqual((await ask(`${url}/api/ps`)).json, { models: [] });
    });
  });

  it('loads once for two that wait', async () => {
    await withOllama({ models: [{ name: 'm', loadMs: 30 }] }, async ({ url, counters }) => {
      await Promise.all([generate(url), generate(url)]);
      assert.deepEqual([counters().loads, counters().reloads], [1, 0]);
    });
  });

  it('loads again when a runner option differs, and says which request made it', async () => {
    await withOllama({ models: [{ name: 'm' }] }, async ({ url, requests, counters }) => {
      await generate(url);
      await generate(url, { options: { temperature: 0, num_batch: 512 } });
      assert.equal(counters().reloads, 0);
      await generate(url, { options: { num_ctx: 4096 } });
      await generate(url, { options: { num_ctx: 4096 }, shift: false });
      assert.equal(counters().reloads, 2);
      assert.deepEqual(
        requests.map(({ reloaded }) => reloaded),
        [false, false, true, true],
      );
    });
  });

  it('waits with a reload until whoever uses the runner is done', async () => {
    await withOllama(
      { models: [{ name: 'm' }], tokenMs: 5, answer: () => 'a b c d e f' },
      async ({ url, requests }) => {
        const first = generate(url);
        const second = generate(url, { options: { num_ctx: 2048 } });
        assert.equal((await first).lines.at(-1)?.['done'], true);
        await second;
        // Five more tokens came at five milliseconds each before the runner was free.
        assert.ok((requests[1]?.firstByteAt ?? 0) - (requests[0]?.firstByteAt ?? Infinity) >= 24);
      },
    );
  });

  it('serves one slot in order of arrival and drops who leaves the queue', async () => {
    const answer = () => 'a b c d e f g h';
    await withOllama({ models: [{ name: 'm', loaded: true }], tokenMs: 5, answer }, async (fake) => {
      const gone = new AbortController();
      const first = generate(fake.url);
      await fake.waitFor(1, ({ tokens }) => tokens > 0);
      const second = assert.rejects(generate(fake.url, {}, gone.signal));
      await fake.waitFor(2, ({ body }) => body !== undefined);
      const third = generate(fake.url);
      await fake.waitFor(3, ({ body }) => body !== undefined);
      gone.abort();
      await Promise.all([first, second, third]);
      const ended = await fake.waitFor(3, ({ outcome }) => outcome !== 'open');
      assert.deepEqual(
        ended.map(({ outcome, tokens }) => [outcome, tokens]),
        [
          ['done', 8],
          ['cancelled', 0],
          ['done', 8],
        ],
      );
      assert.ok((ended[2]?.firstByteAt ?? 0) > (ended[0]?.firstByteAt ?? Infinity) + 30);
      assert.deepEqual([fake.counters().peakRunning, fake.counters().peakOutstanding], [1, 3]);
    });
  });

  it('serves those who wait in the order in which they came', async () => {
    const options = { models: [{ name: 'm', loaded: true }], tokenMs: 2, answer: () => 'a b c d' };
    await withOllama(options, async ({ url, waitFor }) => {
      const asked = [generate(url)];
      for (const waiting of [2, 3, 4]) {
        asked.push(generate(url));
        await waitFor(waiting, ({ body }) => body !== undefined);
      }
      await Promise.all(asked);
      const starts = (await waitFor(4, ({ outcome }) => outcome === 'done')).map(({ firstByteAt = 0 }) => firstByteAt);
      assert.deepEqual(
        starts,
        starts.toSorted((one, other) => one - other),
      );
    });
  });

  it('gives a prompt the slot that still holds its start', async () => {
    const options = { models: [{ name: 'm', loaded: true }], parallel: 2, tokenMs: 5, answer: () => 'x' };
    await withOllama(options, async ({ url, requests }) => {
      const one = 'alpha '.repeat(30);
      const other = 'omega '.repeat(30);
      await Promise.all([generate(url, { prompt: one }), generate(url, { prompt: other })]);
      for (const prompt of [one, other, one, other]) await generate(url, { prompt: `${prompt}more` });
      assert.deepEqual(
        requests.map(({ cachedTokens }) => cachedTokens > 25),
        [false, false, true, true, true, true],
      );
    });
  });

  it('evaluates a batch to its end when the client leaves, and keeps that in place of what it held', async () => {
    const options = { models: [{ name: 'm', loaded: true }], promptTokenMs: 1, batchTokens: 60, answer: () => 'x' };
    await withOllama(options, async ({ url, requests, waitFor }) => {
      const [one, other] = ['alpha '.repeat(30), 'omega '.repeat(600)];
      await generate(url, { prompt: one });
      const gone = new AbortController();
      const left = assert.rejects(generate(url, { prompt: other }, gone.signal));
      await waitFor(2, ({ promptTokens }) => promptTokens > 0);
      gone.abort();
      await left;
      await generate(url, { prompt: other });
      await generate(url, { prompt: one });
      const [, , again, back] = requests;
      const { cachedTokens = 0, promptTokens = 0 } = again ?? {};
      assert.ok(cachedTokens > 0 && cachedTokens < promptTokens && cachedTokens % 60 === 0, `${cachedTokens}`);
      assert.equal(back?.cachedTokens, 0);
    });
  });

  it('runs as many at once as it has slots', async () => {
    const models = [{ name: 'm', loaded: true }];
    await withOllama({ models, parallel: 2, tokenMs: 5, answer: () => 'a b c d e f' }, async ({ url, counters }) => {
      await Promise.all([generate(url), generate(url), generate(url)]);
      assert.equal(counters().peakRunning, 2);
    });
  });

  it('stops generating when the client leaves and keeps count of the tokens', async () => {
    const answer = () => 'a b c d e f g h i j k l m n o p q r s t u v w x y z';
    await withOllama({ models: [{ name: 'm' }], tokenMs: 5, answer }, async ({ url, waitFor }) => {
      const gone = new AbortController();
      const asked = assert.rejects(generate(url, {}, gone.signal));
      await waitFor(1, ({ tokens }) => tokens >= 3);
      gone.abort();
      await asked;
      const [seen] = await waitFor(1, ({ outcome }) => outcome === 'cancelled');
      assert.ok((seen?.tokens ?? 0) >= 3 && (seen?.tokens ?? 26) < 26);
      await generate(url, { options: { num_predict: 1 } });
    });
  });

  it('is busy when too many wait for a load', async () => {
    await withOllama({ models: [{ name: 'm', loadMs: 50 }], maxQueue: 1 }, async ({ url, waitFor }) => {
      const first = generate(url);
      await waitFor(1, ({ body }) => body !== undefined);
      const second = await generate(url);
      assert.equal(second.status, 503);
      assert.equal(second.json['error'], 'server busy, please try again.  maximum pending requests exceeded');
      assert.equal((await first).status, 200);
    });
  });

  it('keeps a model as long as the last request said', async () => {
    await withOllama({ models: [{ name: 'm' }] }, async ({ url }) => {
      const minutes = async (): Promise<number> => {
        const [model] = list((await ask(`${url}/api/ps`)).json['models']).map(record);
        return Math.round((Date.parse(String(model?.['expires_at'])) - Date.now()) / 60_000);
      };
      await generate(url);
      assert.equal(await minutes(), 5);
      await generate(url, { keep_alive: '1h30m' });
      assert.equal(await minutes(), 90);
      await generate(url, { keep_alive: 120 });
      assert.equal(await minutes(), 2);
      await generate(url, { keep_alive: -1 });
      assert.ok((await minutes()) > 1e6);
      await generate(url, { keep_alive: 0 });
      assert.deepEqual((await ask(`${url}/api/ps`)).json, { models: [] });
      const wrong = await generate(url, { keep_alive: 'soon' });
      assert.deepEqual([wrong.status, wrong.json['error']], [400, 'time: invalid duration "soon"']);
    });
  });

  it('fails a load and stays cold', async () => {
    const behaviour = () => ({ loadMs: 10, loadError: 'model failed to load' });
    await withOllama({ models: [{ name: 'm' }], behaviour }, async ({ url }) => {
      const { status, json } = await generate(url);
      assert.deepEqual([status, json['error']], [500, 'model failed to load']);
      assert.deepEqual((await ask(`${url}/api/ps`)).json, { models: [] });
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, record } from '../../support/fake-server/json.ts';
import { ask, type Reply } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const canary = 'CANARY_c0ffee42';
const target = { remoteHost: 'https://ollama.com:443', remoteModel: 'gpt-oss:20b' };
const messages = [{ role: 'user', content: canary }];

describe('fake Ollama: models that run elsewhere', () => {
  for (const name of ['gpt-oss:20b-cloud', 'gpt-oss:20b:cloud', 'kimi:CLOUD']) {
    it(`relays ${name} to the cloud with all client headers and no mark in the reply`, async () => {
      await withOllama({ models: [] }, async ({ url, cloud }) => {
        const headers = { 'x-team': 'CANARY_header', authorization: 'Bearer CANARY_key' };
        const { lines, status } = await ask(`${url}/api/chat?x=1`, { body: { model: name, messages }, headers });
        assert.equal(status, 200);
        assert.ok(lines.length > 1);
        for (const frame of lines) {
          assert.equal(frame['remote_host'], undefined);
          assert.equal(frame['model'], name.replace(/[:-]cloud$/i, ''));
        }
        assert.equal(cloud.saw(canary), true);
        assert.equal(cloud.saw('CANARY_header'), true);
        assert.equal(cloud.saw('CANARY_key'), false);
        assert.equal(cloud.requests[0]?.url, '/api/chat?x=1');
        assert.equal(record(cloud.requests[0]?.body)['model'], name.replace(/[:-]cloud$/i, ''));
      });
    });
  }

  it('takes names that only look like the cloud for local ones', async () => {
    await withOllama({ models: [{ name: 'my-cloud-model' }, { name: 'cloud' }] }, async ({ url, cloud }) => {
      await ask(`${url}/api/chat`, { body: { model: 'my-cloud-model', messages } });
      await ask(`${url}/api/chat`, { body: { model: 'cloud', messages } });
      assert.equal(cloud.requests.length, 0);
    });
  });

  it('before 0.17.6 wants a stub even for a cloud name, and stamps it', async () => {
    const models = [{ name: 'gpt-oss:20b-cloud', stub: target }];
    await withOllama({ models, version: '0.17.5' }, async ({ url, cloud }) => {
      const missing = await ask(`${url}/api/chat`, { body: { model: 'kimi:cloud', messages } });
      assert.equal(missing.json['error'], "model 'kimi:cloud' not found");
      const { lines } = await ask(`${url}/api/chat`, { body: { model: 'gpt-oss:20b-cloud', messages } });
      assert.equal(lines[0]?.['remote_host'], 'https://ollama.com:443');
      assert.equal(cloud.saw(canary), true);
    });
  });

  it('stamps every frame of a stub under an innocent name, and keeps that name', async () => {
    await withOllama({ models: [{ name: 'coder', stub: target }] }, async ({ url, cloud }) => {
      const { lines } = await ask(`${url}/api/generate`, { body: { model: 'coder', prompt: canary } });
      assert.ok(lines.length > 1);
      for (const frame of lines) {
        assert.deepEqual(
          [frame['model'], frame['remote_model'], frame['remote_host']],
          ['coder', 'gpt-oss:20b', 'https://ollama.com:443'],
        );
      }
      assert.equal(lines.at(-1)?.['done'], true);
      assert.ok(Number(lines.at(-1)?.['eval_count']) > 0);
      assert.equal(cloud.saw(canary), true);
    });
  });

  it('loses the stamps on the OpenAI routes', async () => {
    await withOllama({ models: [{ name: 'coder', stub: target }] }, async ({ url, cloud }) => {
      const { text } = await ask(`${url}/v1/chat/completions`, { body: { model: 'coder', messages, stream: true } });
      assert.doesNotMatch(text, /remote/);
      assert.match(text, /\[DONE\]/);
      assert.equal(cloud.saw(canary), true);
    });
  });

  it('refuses :local for a stub and serves it for what is here', async () => {
    await withOllama({ models: [{ name: 'coder', stub: target }, { name: 'mine:7b' }] }, async ({ url, cloud }) => {
      for (const path of ['/api/generate', '/api/chat', '/api/show', '/v1/chat/completions']) {
        const pinned = await ask(`${url}${path}`, { body: { model: 'coder:local', prompt: canary, messages } });
        assert.equal(pinned.status, 404, path);
        assert.match(pinned.text, /model 'coder:local' not found/);
      }
      const here = await ask(`${url}/api/chat`, { body: { model: 'mine:7b:local', messages } });
      assert.equal(here.lines[0]?.['model'], 'mine:7b:local');
      assert.equal(cloud.requests.length, 0);
    });
  });

  it('takes :local for a plain tag on old servers', async () => {
    await withOllama({ models: [{ name: 'mine' }], version: '0.17.5' }, async ({ url }) => {
      assert.equal((await ask(`${url}/api/chat`, { body: { model: 'mine:local', messages } })).status, 404);
    });
  });

  it('shows stubs for what they are in tags and show', async () => {
    await withOllama({ models: [{ name: 'coder', stub: target }] }, async ({ url }) => {
      const [listed] = list((await ask(`${url}/api/tags`)).json['models']).map(record);
      assert.deepEqual([listed?.['remote_host'], listed?.['size']], ['https://ollama.com:443', 384]);
      const shown = await ask(`${url}/api/show`, { body: { model: 'coder' } });
      assert.equal(shown.json['remote_model'], 'gpt-oss:20b');
    });
  });

  it('can swap a local model for a stub between show and chat', async () => {
    await withOllama({ models: [{ name: 'coder', swapAfterShow: target }] }, async ({ url, cloud }) => {
      const before = await ask(`${url}/api/show`, { body: { model: 'coder' } });
      assert.equal(before.json['remote_host'], undefined);
      const pinned = await ask(`${url}/api/chat`, { body: { model: 'coder:local', messages } });
      assert.equal(pinned.status, 404);
      assert.equal(cloud.saw(canary), false);
      await ask(`${url}/api/chat`, { body: { model: 'coder', messages } });
      assert.equal(cloud.saw(canary), true);
    });
  });

  it('says so when the cloud is switched off, unknown, unreachable or annoyed', async () => {
    const say = (url: string, model: string): Promise<Reply> => ask(`${url}/api/chat`, { body: { model, messages } });
    await withOllama({ models: [{ name: 'coder', stub: target }], cloudDisabled: true }, async ({ url, cloud }) => {
      const off = 'ollama cloud is disabled: remote model is unavailable';
      for (const model of ['coder', 'kimi:cloud']) {
        const reply = await say(url, model);
        assert.deepEqual([reply.status, reply.json['error']], [403, off]);
      }
      assert.deepEqual((await ask(`${url}/api/status`)).json, { cloud: { disabled: true, source: 'env' } });
      assert.equal(cloud.requests.length, 0);
    });
    const other = { remoteHost: 'https://elsewhere.example', remoteModel: 'x' };
    await withOllama({ models: [{ name: 'coder', stub: other }] }, async ({ url }) => {
      assert.equal((await say(url, 'coder')).json['error'], 'this server cannot run this remote model');
    });
    await withOllama({ models: [] }, async ({ url, cloud }) => {
      await cloud.stop();
      assert.equal((await say(url, 'kimi:cloud')).status, 502);
    });
    const full = { kind: 'json', status: 429, body: { error: 'slow down' } } as const;
    const cloudBehaviour = () => ({ failure: full });
    await withOllama({ models: [{ name: 'coder', stub: target }], cloudBehaviour }, async ({ url }) => {
      const { json } = await say(url, 'coder');
      assert.deepEqual(json, { StatusCode: 429, Status: '429 Too Many Requests', error: 'slow down' });
      assert.deepEqual((await say(url, 'kimi:cloud')).json, { error: 'slow down' });
    });
  });

  it('ends the generation in the cloud when the client leaves', async () => {
    await withOllama({ models: [], cloudBehaviour: () => ({ tokenMs: 20 }) }, async ({ url, cloud }) => {
      const gone = new AbortController();
      const asked = ask(`${url}/api/chat`, { body: { model: 'kimi:cloud', messages }, signal: gone.signal });
      await cloud.waitFor(1, ({ tokens }) => tokens > 1);
      gone.abort();
      await assert.rejects(asked);
      await cloud.waitFor(1, ({ outcome }) => outcome === 'cancelled');
    });
  });
});

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import type { FakeModel } from '../support/fake-ollama/options.ts';
import { startFakeOllama } from '../support/fake-ollama/start.ts';
import { describeOllama } from './ollama.mjs';

describe('what is said about Ollama at the start', () => {
  it('names the models that can complete', async () => {
    const { ready, words } = await withModels([
      { name: 'qwen2.5-coder:1.5b', capabilities: ['completion', 'insert'] },
      { name: 'llama3.2:3b', capabilities: ['completion'] },
    ]);
    assert.equal(ready, true);
    assert.match(words, /can complete with qwen2\.5-coder:1\.5b\.$/);
  });

  it('says which model to pull when there is none', async () => {
    const { ready, words } = await withModels([]);
    assert.equal(ready, false);
    assert.match(words, /no local model\. Run: ollama pull qwen2\.5-coder:1\.5b$/);
  });

  it('says which model to pull when none of those there can complete', async () => {
    const { ready, words } = await withModels([{ name: 'llama3.2:3b', capabilities: ['completion'] }]);
    assert.equal(ready, false);
    assert.match(words, /only llama3\.2:3b.*ollama pull/);
  });

  it('does not count a model that runs in the cloud', async () => {
    const stub = { remoteHost: 'https://ollama.com:443', remoteModel: 'qwen3-coder:480b' };
    const { ready, words } = await withModels([{ name: 'qwen3-coder:480b-cloud', stub }]);
    assert.equal(ready, false);
    assert.match(words, /no local model/);
  });

  it('says how to get Ollama when nobody answers', async () => {
    const { url, close } = await listen(200, '');
    await close();
    const { ready, words } = await describeOllama(url);
    assert.equal(ready, false);
    assert.match(words, /^No Ollama answers at .*https:\/\/ollama\.com\/download/);
  });

  it('tells another server at the same port from Ollama', async () => {
    const { url, close } = await listen(404, '<html>not found</html>');
    const { ready, words } = await describeOllama(url);
    await close();
    assert.equal(ready, false);
    assert.match(words, /it is not Ollama/);
  });
});

async function withModels(models: readonly FakeModel[]): Promise<{ ready: boolean; words: string }> {
  const ollama = await startFakeOllama({ models });
  try {
    return await describeOllama(ollama.url);
  } finally {
    await ollama.stop();
  }
}

async function listen(status: number, body: string): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${address.port}`, close };
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ollama } from 'ollama';
import { list, record } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const digest = 'sha256:0123456789abcdef';
const layers = [{ digest, total: 100 }];

describe('fake Ollama: /api/pull', () => {
  it('reports progress frame by frame and adds the model', async () => {
    const pullable = [{ name: 'new:1b', layers, stepBytes: 40 }];
    await withOllama({ models: [], pullable }, async ({ url }) => {
      const { lines } = await ask(`${url}/api/pull`, { body: { model: 'new:1b' } });
      assert.deepEqual(lines, [
        { status: 'pulling manifest' },
        { status: 'pulling 0123456789ab', digest, total: 100 },
        { status: 'pulling 0123456789ab', digest, total: 100, completed: 40 },
        { status: 'pulling 0123456789ab', digest, total: 100, completed: 80 },
        { status: 'pulling 0123456789ab', digest, total: 100, completed: 100 },
        { status: 'verifying sha256 digest' },
        { status: 'writing manifest' },
        { status: 'success' },
      ]);
      assert.equal((await ask(`${url}/api/show`, { body: { model: 'new:1b' } })).status, 200);
    });
  });

  it('stops when the client leaves and resumes where it was', async () => {
    const pullable = [{ name: 'new:1b', layers, stepBytes: 10, stepMs: 10 }];
    await withOllama({ models: [], pullable }, async ({ url, waitFor }) => {
      const first = await new Ollama({ host: url }).pull({ model: 'new:1b', stream: true });
      await assert.rejects(
        (async () => {
          for await (const { completed } of first) if (completed !== undefined) first.abort();
        })(),
        { name: 'AbortError' },
      );
      await waitFor(1, ({ outcome }) => outcome === 'cancelled');
      assert.equal((await ask(`${url}/api/show`, { body: { model: 'new:1b' } })).status, 404);
      const { lines } = await ask(`${url}/api/pull`, { body: { model: 'new:1b' } });
      assert.ok(Number(lines[1]?.['completed']) > 0);
      assert.equal(lines.at(-1)?.['status'], 'success');
    });
  });

  it('ends in an error frame when the registry or the network fails', async () => {
    const failure = { afterBytes: 40, message: 'max retries exceeded: unexpected EOF' };
    const pullable = [{ name: 'new:1b', layers, stepBytes: 40, failure }];
    await withOllama({ models: [], pullable }, async ({ url }) => {
      const broken = await ask(`${url}/api/pull`, { body: { model: 'new:1b' } });
      assert.equal(broken.status, 200);
      assert.deepEqual(broken.lines.at(-1), { error: failure.message });
      const again = await ask(`${url}/api/pull`, { body: { model: 'new:1b', stream: false } });
      assert.deepEqual(again.json, { status: 'success' });
      const unknown = await ask(`${url}/api/pull`, { body: { model: 'nobody' } });
      assert.deepEqual(unknown.lines.at(-1), { error: 'pull model manifest: file does not exist' });
    });
  });

  it('stores a stub when a cloud name is pulled', async () => {
    await withOllama({ models: [] }, async ({ url, cloud }) => {
      await ask(`${url}/api/pull`, { body: { model: 'gpt-oss:20b:cloud' } });
      const [model] = list((await ask(`${url}/api/tags`)).json['models']).map(record);
      assert.deepEqual([model?.['name'], model?.['remote_model']], ['gpt-oss:20b-cloud', 'gpt-oss:20b']);
      assert.equal(cloud.requests.length, 0);
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { modelNotFound, ollamaFailures } from '../../support/fake-ollama/failures.ts';
import type { OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { proxyPage } from '../../support/fake-server/behaviour.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const models = [{ name: 'm', template: '{{ .Suffix }}' }];
const body = { model: 'm', prompt: 'p', raw: true };

function bad(
  behaviour: OllamaBehaviour,
  test: (
    generate: () => ReturnType<typeof ask>,
    fake: Parameters<Parameters<typeof withOllama>[1]>[0],
  ) => Promise<void>,
): Promise<void> {
  return withOllama({ models, answer: () => 'a b c d', behaviour: () => behaviour }, (fake) =>
    test(() => ask(`${fake.url}/api/generate`, { body }), fake),
  );
}

describe('fake Ollama: bad days', () => {
  for (const [name, failure, status, text] of [
    ['busy', ollamaFailures.busy, 503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}'],
    ['an empty 403', ollamaFailures.forbidden, 403, ''],
    [
      'cloud disabled',
      ollamaFailures.cloudDisabled,
      403,
      '{"error":"ollama cloud is disabled: remote model is unavailable"}',
    ],
    ['model not found', modelNotFound('m'), 404, '{"error":"model \'m\' not found"}'],
  ] as const) {
    it(`answers with ${name}`, async () => {
      await bad({ failure }, async (generate, { waitFor }) => {
        const reply = await generate();
        assert.deepEqual([reply.status, reply.text], [status, text]);
        await waitFor(1, ({ outcome }) => outcome === 'error');
      });
    });
  }

  it('puts a proxy page in front', async () => {
    await bad({ failure: proxyPage(502, 'Bad Gateway') }, async (generate) => {
      const reply = await generate();
      assert.equal(reply.headers['content-type'], 'text/html');
      assert.match(reply.text, /<h1>502 Bad Gateway<\/h1>/);
    });
  });

  it('redirects to another origin', async () => {
    await bad({ failure: { kind: 'redirect', status: 307, to: 'http://127.0.0.1:9/api' } }, async (generate) => {
      const reply = await generate();
      assert.deepEqual([reply.status, reply.headers.location], [307, 'http://127.0.0.1:9/api']);
    });
  });

  it('sends an error frame in the middle of a stream that said 200', async () => {
    await bad({ ending: { afterTokens: 2, kind: 'error-frame', message: 'boom' } }, async (generate, { waitFor }) => {
      const { status, lines } = await generate();
      assert.equal(status, 200);
      assert.deepEqual(lines.at(-1), { error: 'boom' });
      assert.equal(lines.length, 3);
      const [seen] = await waitFor(1, ({ outcome }) => outcome === 'error');
      assert.equal(seen?.tokens, 2);
    });
  });

  it('gives an error before any token its own status', async () => {
    await bad({ ending: { afterTokens: 0, kind: 'error-frame', message: 'boom' } }, async (generate) => {
      const { status, json } = await generate();
      assert.deepEqual([status, json], [500, { error: 'boom' }]);
    });
  });

  it('ends properly without a final frame', async () => {
    await bad({ ending: { afterTokens: 2, kind: 'cut' } }, async (generate) => {
      const { lines } = await generate();
      assert.deepEqual(
        lines.map((frame) => frame['done']),
        [false, false],
      );
    });
  });

  it('gets stuck on a token and gives up without a word', async () => {
    await bad({ ending: { afterTokens: 1, kind: 'repeat', token: '\n' } }, async (generate) => {
      const { lines } = await generate();
      assert.equal(lines.length, 1 + 31);
      assert.equal(lines.at(-1)?.['done'], false);
    });
  });

  it('puts a line that is no JSON between frames', async () => {
    await bad({ ending: { afterTokens: 1, kind: 'garbage-line' } }, async (generate) => {
      const { text } = await generate();
      assert.throws(() => JSON.parse(text.split('\n')[1] ?? ''));
      assert.match(text, /"done":true/);
    });
  });

  it('resets the connection before and within an answer', async () => {
    await bad({ failure: { kind: 'reset' } }, async (generate) => {
      await assert.rejects(generate(), { code: 'ECONNRESET' });
    });
    await bad({ ending: { afterTokens: 2, kind: 'reset' } }, async (generate, { waitFor }) => {
      await assert.rejects(generate(), { code: 'ECONNRESET' });
      await waitFor(1, ({ outcome, tokens }) => outcome === 'error' && tokens === 2);
    });
  });

  for (const [name, behaviour, spoken] of [
    ['before headers', { failure: { kind: 'stall' } }, false],
    ['after a token', { ending: { afterTokens: 1, kind: 'stall' } }, true],
  ] as const) {
    it(`stalls for ever ${name}, until the client leaves`, async () => {
      await bad(behaviour, async (_, { url, waitFor }) => {
        const gone = new AbortController();
        const asked = assert.rejects(ask(`${url}/api/generate`, { body, signal: gone.signal }));
        await waitFor(1, (request) => request.body !== undefined && (request.firstByteAt !== undefined) === spoken);
        gone.abort();
        await asked;
        const [seen] = await waitFor(1, ({ outcome }) => outcome === 'cancelled');
        assert.deepEqual([seen?.tokens, seen?.firstByteAt !== undefined], [spoken ? 1 : 0, spoken]);
      });
    });
  }

  it('cuts frames anywhere, through the bytes of a character too', async () => {
    const behaviour = () => ({ splitBytes: 1 });
    await withOllama({ models, answer: () => 'né 🦊 fin', behaviour }, async ({ url }) => {
      const pieces: number[] = [];
      const reply = await fetch(`${url}/api/generate`, { method: 'POST', body: JSON.stringify(body) });
      const texts: Buffer[] = [];
      for await (const piece of reply.body ?? []) {
        pieces.push(piece.length);
        texts.push(Buffer.from(piece));
      }
      assert.ok(pieces.length > 300 && Math.max(...pieces) <= 4, `${pieces.length} pieces`);
      const said = Buffer.concat(texts)
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line))
        .map((frame) => (typeof frame === 'object' && frame !== null && 'response' in frame ? frame.response : ''));
      assert.equal(said.join(''), 'né 🦊 fin');
    });
  });

  it('treats one request badly and the next one well', async () => {
    const behaviour = ({ id }: { id: number }) => (id === 1 ? { failure: ollamaFailures.busy } : undefined);
    await withOllama({ models, behaviour }, async ({ url }) => {
      assert.equal((await ask(`${url}/api/generate`, { body })).status, 503);
      assert.equal((await ask(`${url}/api/generate`, { body })).status, 200);
    });
  });

  it('treats one model badly and leaves lists alone', async () => {
    const ill = { name: 'ill', behaviour: { failure: ollamaFailures.runnerStopped } };
    await withOllama({ models: [...models, ill] }, async ({ url }) => {
      assert.equal((await ask(`${url}/api/generate`, { body: { ...body, model: 'ill' } })).status, 500);
      assert.equal((await ask(`${url}/api/generate`, { body })).status, 200);
      assert.equal((await ask(`${url}/api/show`, { body: { model: 'ill' } })).status, 200);
    });
  });
});

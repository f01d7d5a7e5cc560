import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APIError, OpenAI } from 'openai';
import type { OpenAIBehaviour } from '../../support/fake-openai/options.ts';
import { openaiFailures, rateLimited } from '../../support/fake-openai/failures.ts';
import { withOpenAI } from './with-openai.ts';

const messages = [{ role: 'user' as const, content: 'hello' }];

function client(baseURL: string): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: 'CANARY_API_KEY',
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
}

describe('fake OpenAI driven by the openai package', () => {
  it('streams chat with usage and gives typed models', async () => {
    await withOpenAI({ chatAnswer: 'Hi there', apiKey: 'CANARY_API_KEY' }, async ({ baseURL, saw }) => {
      const api = client(baseURL);
      assert.equal((await api.models.list()).data[0]?.id, 'm');
      const stream = await api.chat.completions.create({
        model: 'm',
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      const said = [];
      let total = 0;
      for await (const chunk of stream) {
        said.push(chunk.choices[0]?.delta.content ?? '');
        total = chunk.usage?.total_tokens ?? total;
      }
      assert.deepEqual([said.join(''), total], ['Hi there', 3]);
      assert.equal(saw('CANARY_API_KEY'), true);
    });
  });

  it('completes with a suffix', async () => {
    await withOpenAI({ completions: [{ after: 'return ', text: '42;' }] }, async ({ baseURL }) => {
      const reply = await client(baseURL).completions.create({ model: 'm', prompt: 'return ', suffix: '}' });
      assert.equal(reply.choices[0]?.text, '42;');
    });
  });

  it('reads OpenRouter past its comments', async () => {
    await withOpenAI({ profile: 'openrouter', chatAnswer: 'Hi' }, async ({ baseURL }) => {
      const { data, response } = await client(baseURL)
        .chat.completions.create({ model: 'm', messages, stream: true })
        .withResponse();
      const reasons = [];
      for await (const chunk of data) reasons.push(chunk.choices[0]?.finish_reason);
      assert.deepEqual(reasons, [null, null, 'stop', undefined]);
      assert.match(response.headers.get('x-generation-id') ?? '', /^gen-/);
    });
  });

  it('raises the error classes that the package is known for', async () => {
    for (const [failure, status, name] of [
      [openaiFailures.unauthorized, 401, 'AuthenticationError'],
      [openaiFailures.outOfCredits, 402, 'APIError'],
      [openaiFailures.moderated, 403, 'PermissionDeniedError'],
      [openaiFailures.privacyRestricted, 404, 'NotFoundError'],
      [rateLimited(1), 429, 'RateLimitError'],
      [openaiFailures.badGateway, 502, 'InternalServerError'],
    ] as const) {
      const error = await failureOf({ failure });
      assert.ok(error instanceof APIError, name);
      assert.deepEqual([error.status, error.constructor.name.replace(/\d+$/, '')], [status, name]);
    }
  });

  it('throws on an error object and on a broken line within a stream, and is silent about an early end', async () => {
    const inStream = await failureOf({ ending: { afterTokens: 1, kind: 'error-frame', message: 'boom' } });
    assert.ok(inStream instanceof APIError && /boom/.test(inStream.message));
    const broken = await failureOf({ ending: { afterTokens: 1, kind: 'garbage-line' } });
    assert.ok(broken instanceof SyntaxError);
    assert.equal(await failureOf({ ending: { afterTokens: 1, kind: 'cut' } }), undefined);
    assert.equal(
      await failureOf({ errorField: true, ending: { afterTokens: 1, kind: 'error-frame', message: 'x' } }),
      undefined,
    );
  });
});

/** What a streamed chat fails with, or undefined when the loop ends as if all were well. */
async function failureOf(behaviour: OpenAIBehaviour): Promise<unknown> {
  let failure: unknown;
  await withOpenAI({ chatAnswer: 'a b c', behaviour: () => behaviour }, async ({ baseURL }) => {
    try {
      const stream = await client(baseURL).chat.completions.create({ model: 'm', messages, stream: true });
      for await (const chunk of stream) assert.ok(chunk.id);
    } catch (error) {
      failure = error;
    }
  });
  return failure;
}

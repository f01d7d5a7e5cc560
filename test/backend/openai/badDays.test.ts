import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { completion, createWorld, part, run } from '../../egress/support/world.ts';
import type { Behaviour, Failure } from '../../support/fake-server/behaviour.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';

const servers: { stop(): Promise<void> }[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const model = { backend: 'near', model: 'qwen2.5-coder' };
const good = events(chunk('one();'), chunk('', 'stop'), '[DONE]');

/** What came of the text, and how it ended: by a reason to finish or by that of an error. */
const cases: Readonly<Record<string, readonly [how: Behaviour, text: string, end: string]>> = {
  'ends every line like a typewriter': [stream(good.replaceAll('\n', '\r')), 'one();', 'stop'],
  'ends them as in mail': [stream(good.replaceAll('\n', '\r\n')), 'one();', 'stop'],
  'cuts its characters to pieces': [
    { ...stream(events(chunk('größer(𝛼);'), chunk('', 'stop'))), splitBytes: 1 },
    'größer(𝛼);',
    'stop',
  ],
  'leaves out the spaces and the last line end': [stream(good.replaceAll(': ', ':').trimEnd()), 'one();', 'stop'],
  'says nothing of an end': [stream(events(chunk('one();'))), 'one();', 'incomplete'],
  'sends chunks that are none': [stream(events('{}', '[]', 'null', '{"choices":[]}', chunk('', 'stop'))), '', 'stop'],
  'says a number where text is due': [stream(events(chunk(5), chunk('', 'stop'))), '', 'stop'],
  'says garbage between chunks': [stream(events(chunk('one();'), '{CANARY_GARBAGE')), 'one();', 'broken-stream'],
  'breaks off within a chunk': [stream(`data: ${chunk('CANARY_HALF').slice(0, -4)}`), '', 'broken-stream'],
  'puts an error between chunks': [
    stream(events(chunk('one();'), '{"error":{"message":"CANARY_ERROR"}}')),
    'one();',
    'upstream-failed',
  ],
  'puts an error there that is a mere word': [
    stream(events(chunk('one();'), '{"error":"CANARY_ERROR"}')),
    'one();',
    'upstream-failed',
  ],
  'sends a page for people': [answers('<html>CANARY_PAGE</html>', 'text/html'), '', 'unexpected'],
  'sends one as if it were a stream': [stream('<html>CANARY_PAGE</html>'), '', 'unexpected'],
  'answers at once what was to be streamed': [
    answers('{"choices":[{"text":"CANARY_WHOLE"}]}', 'application/json'),
    '',
    'unexpected',
  ],
  'sends nothing at all': [stream(''), '', 'unexpected'],
};

describe('an OpenAI-compatible server that', () => {
  for (const [name, [how, text, ending]] of Object.entries(cases))
    it(`${name} is understood or told of, and what it said is printed nowhere`, async (context) => {
      const printed = (['log', 'warn', 'error'] as const).map((each) => context.mock.method(console, each, () => {}));
      const server = await startFakeOpenAI({ models: [{ id: model.model }], behaviour: () => how });
      servers.push(server);
      const { guard } = createWorld({
        backends: [{ id: 'near', kind: 'custom', url: server.baseURL, zone: 'device' }],
      });
      const result = await run(guard, completion([part('prefix', 'x = '), part('suffix', '\n')]), model);
      assert.equal(result.text, text);
      const last = result.events.find((event) => event.kind === 'finish' || event.kind === 'error');
      assert.equal(last?.kind === 'finish' ? last.reason : last?.kind === 'error' && last.error.reason, ending);
      if (last?.kind === 'error') assert.doesNotMatch(`${last.error.message} ${last.error.action}`, /CANARY/);
      assert.deepEqual(
        printed.flatMap(({ mock }) => mock.calls.map((call) => call.arguments)),
        [],
      );
    });
});

function chunk(text: unknown, finish_reason: string | null = null): string {
  return JSON.stringify({ id: 'c', object: 'text_completion', model: model.model, choices: [{ text, finish_reason }] });
}

function events(...data: readonly string[]): string {
  return data.map((each) => `data: ${each}\n\n`).join('');
}

function stream(body: string): Behaviour {
  return answers(body, 'text/event-stream');
}

function answers(body: string, contentType: string): Behaviour {
  const failure: Failure = { kind: 'text', status: 200, body, contentType };
  return { failure };
}

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ollamaFailures } from '../../support/fake-ollama/failures.ts';
import type { OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { proxyPage } from '../../support/fake-server/behaviour.ts';
import { coder, endBadDays, startBadDay, type BadDay } from './badDaysWorld.ts';

after(endBadDays);

type Misfortune = {
  readonly how: OllamaBehaviour;
  /** What of an answer is shown all the same. */
  readonly shows?: string;
  /** What the user is told, once; nothing where there is nothing to do. */
  readonly tells?: RegExp;
};

const misfortunes: Readonly<Record<string, Misfortune>> = {
  'resets the connection before an answer': { how: { failure: { kind: 'reset' } }, tells: /closed the connection/ },
  'resets it after the first token': { how: { ending: { kind: 'reset', afterTokens: 1 } }, tells: /broke/ },
  'resets it after the last token': { how: { ending: { kind: 'reset', afterTokens: 99 } }, tells: /broke/ },
  'ends without a last frame': { how: { ending: { kind: 'cut', afterTokens: 99 } }, shows: 'model();' },
  'ends without a last frame in the middle of a line': {
    how: text(`${frame('one();\ntwo();\nthr')}\n`),
    shows: 'one();\ntwo();',
  },
  'was allowed no more than half a line': {
    how: says(frame('one();\ntwo();\nthr'), frame('ee', { done: true, done_reason: 'length' })),
    shows: 'one();\ntwo();',
  },
  'puts an error in a frame': {
    how: { ending: { kind: 'error-frame', afterTokens: 2, message: 'CUDA error: out of memory CANARY_FRAME' } },
    tells: /^Ollama could not run/,
  },
  'says garbage between frames': { how: { ending: { kind: 'garbage-line', afterTokens: 1 } }, tells: /broke off/ },
  'fails with a page for people': { how: { failure: proxyPage(502, 'Bad Gateway') }, tells: /proxy/ },
  'sends a page for people as if all were well': {
    how: { failure: { kind: 'text', status: 200, body: '<html>CANARY_PAGE</html>', contentType: 'text/html' } },
    tells: /may not be Ollama/,
  },
  'is busy': { how: { failure: ollamaFailures.busy }, tells: /busy/ },
  'answers with nothing at all': { how: { failure: { kind: 'empty', status: 200 } }, tells: /without an answer/ },
  'only loads the model': { how: says(frame('', { done: true, done_reason: 'load' })), tells: /without an answer/ },
  'only unloads it': { how: says(frame('', { done: true, done_reason: 'unload' })), tells: /without an answer/ },
  'says nothing': { how: says(last()) },
  'says white space': { how: says(frame('  \n\n\t '), frame('\n '), last()) },
  'only reasons, in a field': { how: says(frame('', { thinking: 'CANARY_THOUGHT' }), last()) },
  'only reasons, in its answer': { how: says(frame('<think>CANARY_THOUGHT'), last()) },
  'says a number where text is due': { how: says(frame(5), last()) },
  'sends frames that are none': { how: says('[]', frame('model();'), last()), shows: 'model();' },
  'begins with a byte order mark': { how: says(`\ufeff${frame('model();')}`, last()), shows: 'model();' },
  'leaves out the last line end': { how: text(`${frame('model();')}\n${last()}`), shows: 'model();' },
  'cuts every frame and character to pieces': {
    how: { ...says(frame('größer(𝛼, "👩‍👩‍👧");'), last()), splitBytes: 1 },
    shows: 'größer(𝛼, "👩‍👩‍👧");',
  },
  'halves a character between two frames': {
    how: says(frame("x = '\ud83d"), frame("\ude00';"), last()),
    shows: "x = '😀';",
  },
  'halves a line end between two frames': {
    how: says(frame('one();\r'), frame('\ntwo();'), last()),
    shows: 'one();\ntwo();',
  },
  'colours its answer': {
    how: says(frame('\u001b[1;31mred'), frame('\u001b'), frame('[0m();'), last()),
    shows: 'red();',
  },
  'hides signs in its answer': { how: says(frame('a\u0000b\u202e\u2066c\u2069();'), last()), shows: 'abc();' },
  'breaks a character': { how: says(frame("one();\nx = '\ufffd';"), last()), shows: 'one();' },
  'says a million characters without a line end': { how: says(frame('x y '.repeat(250_000)), last()) },
  'says five thousand words one by one, and keeps to no limit': {
    how: says(...Array.from({ length: 5_000 }, (_, word) => frame(`w${word} `)), last()),
  },
};

describe('completion by a server that', () => {
  for (const [name, { how, shows, tells }] of Object.entries(misfortunes))
    it(`${name} shows what is right or nothing, asks no more than it should and is well afterwards`, async () => {
      const day = await startBadDay({ generating: (count) => (count === 1 ? how : undefined) });
      const offers = [await day.suggest('x();\n█\n')];
      await untilWhole(day, offers);
      assert.equal(offers.at(-1)?.text, shows);
      assert.equal(day.asked(), 1);
      await typeOn(day);
      // Left alone for a second at least after a failure, else one request for each place.
      assert.equal(day.asked(), tells ? 1 : 6);
      assert.equal(day.told().length, tells ? 1 : 0, day.told().join(' | '));
      if (tells) assert.match(day.told()[0] ?? '', tells);
      assert.doesNotMatch(`${day.told().join()}${offers.map((offer) => offer?.text).join()}`, /CANARY/);
      day.jump(1_300);
      assert.equal((await day.suggest('later();\n█\n'))?.text, 'model();');
      day.completion.dispose();
    });

  it('never gets well is asked less and less often, and told of once', async () => {
    const day = await startBadDay({ generating: () => ({ failure: ollamaFailures.busy }) });
    // Ten minutes with a key each second.
    for (let second = 0; second < 600; second++) {
      await day.suggest(`place${second}();\n█\n`, 2_000);
      day.jump(1_000);
    }
    assert.ok(day.asked() >= 10 && day.asked() <= 17, `${day.asked()} requests`);
    assert.equal(day.told().length, 1);
  });

  for (const path of ['/api/version', '/api/tags', '/api/show', '/api/ps'])
    it(`fails at ${path} and gets well is asked again without more ado`, async () => {
      for (const failure of [
        { kind: 'text', status: 500, body: '<html>', contentType: 'text/html' },
        { kind: 'text', status: 200, body: '<html>', contentType: 'text/html' },
        { kind: 'text', status: 200, body: '{"version":', contentType: 'application/json' },
        { kind: 'reset' },
      ] as const) {
        let bad = true;
        const day = await startBadDay({ behaviour: (seen) => (bad && seen.path === path ? { failure } : undefined) });
        const first = await day.suggest('x();\n█\n');
        // What a server holds in memory is worth knowing and no more.
        assert.equal(first?.text, path === '/api/ps' ? 'model();' : undefined);
        bad = false;
        day.jump(2_000);
        assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
        day.completion.dispose();
      }
    });

  it('loses the model and gets another under its name is asked as that one is', async () => {
    const day = await startBadDay({});
    assert.ok(await day.suggest('x();\n█\n'));
    day.server.removeModel(coder.name);
    assert.equal(await day.suggest('y();\n█\n'), undefined);
    assert.deepEqual(day.told(), ['qwen2.5-coder:1.5b is not installed.']);
    day.server.setModel({ ...coder, contextLength: 2_048 });
    day.jump(61_000);
    assert.equal((await day.suggest('z();\n█\n'))?.text, 'model();');
    const options = day.server.requests.findLast(({ path }) => path === '/api/generate')?.body;
    assert.equal(JSON.stringify(options).includes('"num_ctx":2048'), true, JSON.stringify(options));
  });

  it('is started anew between two keys, or in the middle of an answer, is asked again as if nothing had been', async () => {
    const day = await startBadDay({ tokenMs: 30, answer: () => 'one(two, three, four);' });
    const cut = day.suggest('x();\n█\n');
    await day.server.waitFor(1, ({ path, tokens }) => path === '/api/generate' && tokens > 0);
    const { port } = day.server;
    await day.server.stop();
    assert.equal(await cut, undefined);
    day.jump(2_000);
    assert.equal(await day.suggest('y();\n█\n'), undefined);
    assert.match(day.told().at(-1) ?? '', /^Ollama is not running at /);
    const again = await startFakeOllama({ port, models: [coder], defaultContext: 8192, answer: () => 'again();' });
    day.jump(5_000);
    assert.equal((await day.suggest('z();\n█\n'))?.text, 'again();');
    await again.stop();
  });

  it('serves two windows serves both, with one request of each at a time', async () => {
    const one = await startBadDay({ tokenMs: 2 });
    const backends = [{ id: 'ollama', kind: 'ollama', url: one.server.url } as const];
    const other = await startBadDay({ world: { backends } });
    const typing = Array.from({ length: 12 }, (_, key) => [
      one.suggest(`one${key}();\n█\n`),
      other.suggest(`other${key}();\n█\n`),
    ]).flat();
    const offers = await Promise.all(typing);
    assert.deepEqual(
      offers.slice(-2).map((offer) => offer?.text),
      ['model();', 'model();'],
    );
    assert.ok(one.server.counters().peakOutstanding <= 2);
    assert.deepEqual([one.told(), other.told()], [[], []]);
  });

  it('has less room than it said is sent less at each key until it fits', async () => {
    const room = 700;
    const day = await startBadDay({
      behaviour: ({ path, body }) => (path === '/api/generate' && promptOf(body).length > room ? tooLong : undefined),
    });
    const long = Array.from({ length: 900 }, (_, line) => `line${line}();`).join('\n');
    const sizes: number[] = [];
    for (let key = 0; key < 12 && (sizes.at(-1) ?? Infinity) > room; key++) {
      day.jump(90_000);
      const offer = await day.suggest(`${long}\n${'x'.repeat(key)}();\n█\n`);
      const size = promptOf(day.server.requests.findLast(({ path }) => path === '/api/generate')?.body).length;
      assert.ok(size < (sizes.at(-1) ?? Infinity), `${size} after ${sizes.join()}`);
      assert.equal(offer?.text, size > room ? undefined : 'model();');
      sizes.push(size);
    }
    assert.ok(sizes.length > 1 && (sizes.at(-1) ?? Infinity) <= room, sizes.join());
    assert.equal(day.told().length, 1);
  });
});

/** A whole body of frames, each on a line. */
function says(...frames: readonly string[]): OllamaBehaviour {
  return text(frames.map((each) => `${each}\n`).join(''));
}

function text(body: string): OllamaBehaviour {
  return { failure: { kind: 'text', status: 200, body, contentType: 'application/x-ndjson' } };
}

function frame(response: unknown, more: object = {}): string {
  const frame = { model: `${coder.name}:local`, created_at: '2026-10-01T12:00:00Z', response, done: false, ...more };
  return JSON.stringify(frame);
}

const tooLong: OllamaBehaviour = {
  failure: {
    kind: 'json',
    status: 400,
    body: { error: 'the prompt is longer than the context length currently available' },
  },
};

function promptOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'prompt' in body ? String(body.prompt) : '';
}

function last(): string {
  return frame('', { done: true, done_reason: 'stop' });
}

/** Asks again for as long as more of what was offered comes. */
async function untilWhole(day: BadDay, offers: (Awaited<ReturnType<BadDay['suggest']>> | undefined)[]): Promise<void> {
  for (let offer = offers[0]; offer?.growing; offer = offers.at(-1)) {
    if (!(await day.completion.grown(offer))) return;
    offers.push(await day.suggest('x();\n█\n'));
  }
}

/** Five keys in other places, right after it. */
async function typeOn(day: BadDay): Promise<void> {
  for (let key = 0; key < 5; key++) await day.suggest(`other${key}();\n█\n`);
}

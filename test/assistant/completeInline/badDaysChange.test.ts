import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import type { FakeOllamaOptions } from '../../support/fake-ollama/options.ts';
import { coder, endBadDays, startBadDay } from './badDaysWorld.ts';

after(endBadDays);

const slow: FakeOllamaOptions = { tokenMs: 40, answer: () => 'one();\ntwo();\nthree();\nfour();\nfive();\nsix();' };

describe('a policy or a setting that changes while a model', () => {
  it('speaks: it is stopped at the server, and nothing of what it said is shown', async () => {
    const day = await startBadDay(slow);
    const asked = day.suggest('x();\n█\n');
    await day.server.waitFor(1, ({ path, tokens }) => path === '/api/generate' && (tokens ?? 0) > 0);
    day.completion.reset();
    assert.equal(await asked, undefined);
    await day.server.waitFor(1, ({ path, outcome }) => path === '/api/generate' && outcome === 'cancelled');
    assert.equal(await day.suggest('x();\n█\n', 1), undefined);
  });
  it('has shown a line and goes on: no more of it comes', async () => {
    const day = await startBadDay(slow);
    const offer = await day.suggest('x();\n█\n');
    assert.ok(offer?.growing);
    const more = day.completion.grown(offer);
    day.completion.reset();
    assert.equal(await more, false);
    await day.server.waitFor(1, ({ path, outcome }) => path === '/api/generate' && outcome === 'cancelled');
  });
  it('is loaded: also the load is stopped, and what waited for it is never sent', async () => {
    const day = await startBadDay({ models: [{ ...coder, loaded: false, loadMs: 5_000 }] });
    const asked = day.suggest('CANARY_FIRST();\n█\n');
    await day.server.waitFor(1, ({ path }) => path === '/api/generate');
    const next = day.suggest('CANARY_SECOND();\n█\n');
    day.completion.reset();
    assert.deepEqual([await asked, await next], [undefined, undefined]);
    await day.server.waitFor(1, ({ path, outcome }) => path === '/api/generate' && outcome === 'cancelled');
    assert.equal(day.server.saw('CANARY_SECOND'), false);
    // The next one is asked for as if nothing had been.
    day.server.setModel(coder);
    assert.equal((await day.suggest('y();\n█\n', 9_000))?.text, 'model();');
  });
  it('is about to be asked: it is not', async () => {
    const day = await startBadDay({ settings: { delay: 100 } });
    const asked = day.suggest('CANARY_LATE();\n█\n');
    day.completion.reset();
    assert.equal(await asked, undefined);
    await new Promise((resolve) => setTimeout(resolve, 150));
    assert.equal(day.server.saw('CANARY_LATE'), false);
  });
  it('speaks, and names another: the other is asked at the next key', async () => {
    const other = { ...coder, name: 'starcoder2:3b', family: 'starcoder2' };
    const day = await startBadDay({ ...slow, models: [coder, other] });
    const asked = day.suggest('x();\n█\n');
    await day.server.waitFor(1, ({ path }) => path === '/api/generate');
    day.current.settings = { ...day.current.settings, models: [{ backend: 'ollama', model: other.name }] };
    day.completion.reset();
    assert.equal(await asked, undefined);
    const offer = await day.suggest('x();\n█\n');
    assert.equal(offer && day.completion.why(offer.suggestion)?.model.model, other.name);
  });
});

describe('what breaks on the way', () => {
  const throws = (): never => {
    throw new Error('CANARY_BUG');
  };
  async function* rejects(): AsyncGenerator<never> {
    yield await Promise.reject(new Error('CANARY_BUG'));
  }
  const ways: Readonly<Record<string, Partial<Pick<Guard, 'send' | 'describe'>>>> = {
    'a guard that throws': { send: throws },
    'a guard that rejects': { send: rejects },
    'a description that throws': { describe: throws },
    'a description that rejects': { describe: async () => throws() },
  };
  for (const [name, way] of Object.entries(ways))
    it(`is told once and tried no more often than a server that is down: ${name}`, async () => {
      let [broken, tried] = [true, 0];
      const faulty = (guard: Guard): Guard => ({
        ...guard,
        send: (...asked) => (tried++, (broken ? { ...guard, ...way } : guard).send(...asked)),
        describe: (...asked) => (tried++, (broken ? { ...guard, ...way } : guard).describe(...asked)),
      });
      const day = await startBadDay({ through: faulty });
      for (let key = 0; key < 20; key++) assert.equal(await day.suggest(`x${key}();\n█\n`, 500), undefined);
      assert.ok(tried <= 2, `tried ${tried} times`);
      assert.equal(day.told().length, 1);
      assert.match(day.told()[0] ?? '', /^Completion by ollama\/qwen2.5-coder:1.5b failed\.$/);
      broken = false;
      day.jump(2_000);
      assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
    });
  it('ahead of need is told as well, and is no hindrance to what is needed', async () => {
    const faulty = (guard: Guard): Guard => ({ ...guard, load: throws });
    const cold = { ...coder, loaded: false };
    const day = await startBadDay({ models: [cold], settings: { warm: true }, through: faulty });
    day.completion.moved(day.ask('x();\ny(█)\n'));
    await until(() => day.told().length > 0);
    day.jump(2_000);
    assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
  });
  it('in the engine that stands in while a model is loaded leaves that model to be heard', async () => {
    const model = { backend: 'ollama', model: coder.name };
    const faulty = (guard: Guard): Guard => ({
      ...guard,
      send: (prompt, asked, signal) => (asked.backend === 'embedded' ? rejects() : guard.send(prompt, asked, signal)),
      describe: (_, signal) => guard.describe(model, signal),
    });
    const models = [model, { backend: 'embedded', model: 'embedded' }];
    const cold = { ...coder, loaded: false, loadMs: 100 };
    const day = await startBadDay({ models: [cold], settings: { models }, through: faulty });
    assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
  });
  it('ends one request and no more where whoever is told of it throws', async () => {
    let deaf = true;
    const day = await startBadDay({ report: () => (deaf ? throws() : undefined) });
    assert.equal(await day.suggest('x();\n█\n', 500), undefined);
    deaf = false;
    day.jump(2_000);
    assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
  });
});

describe('a clock', () => {
  it('that is hours late, after a sleep, lets nothing old be shown and loses nothing that still holds', async () => {
    const day = await startBadDay({});
    assert.equal((await day.suggest('x();\n█\n'))?.text, 'model();');
    day.jump(8 * 3_600_000);
    assert.equal((await day.suggest('x();\n█\n'))?.text, 'model();');
    assert.equal((await day.suggest('y();\n█\n'))?.text, 'model();');
    assert.equal(day.asked(), 2);
  });
});

async function until(met: () => boolean): Promise<void> {
  for (let waited = 0; !met(); waited += 5) {
    assert.ok(waited < 3_000, 'it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

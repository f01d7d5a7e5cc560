import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { userKeys, workspaceKeys } from '../../../src/core/settings/keys.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';

describe('parseSettings', () => {
  it('talks to Ollama on this machine where nothing is set', () => {
    const { settings, problems } = parseSettings({});
    assert.deepEqual(settings.backends, [{ id: 'ollama', kind: 'ollama', url: 'http://localhost:11434' }]);
    assert.deepEqual([settings.completion.enabled, settings.completion.maxLines], [true, 12]);
    assert.deepEqual(problems, []);
  });

  it('takes what makes sense', () => {
    const { settings, problems } = parseSettings({
      backends: [{ id: 'team', kind: 'custom', url: 'https://llm.example/v1/', zone: 'perimeter', keyEnv: 'TEAM_KEY' }],
      'chat.model': 'team/far/model',
      'completion.delay': 300,
      'completion.languages': { '*': true, markdown: false },
    });
    assert.deepEqual(settings.backends, [
      { id: 'team', kind: 'custom', url: 'https://llm.example/v1', zone: 'perimeter', keyEnv: 'TEAM_KEY' },
    ]);
    assert.deepEqual(settings.chat.model, { backend: 'team', model: 'far/model' });
    assert.equal(settings.completion.delay, 300);
    assert.equal(settings.completion.languages['markdown'], false);
    assert.deepEqual(problems, []);
  });

  for (const [key, value, message] of [
    ['contextLength', 100, /whole number from 2048/],
    ['keepAlive', 'soon', /a time such as "30m"/],
    ['completion.enabled', 'yes', /true or false/],
    ['completion.trigger', 'always', /one of automatic, manual/],
    ['completion.delay', -1, /"adaptive" or milliseconds/],
    ['completion.whileListOpen', 'never', /true or false/],
    ['completion.maxLines', 1.5, /from 1 to 100/],
    ['completion.languages', { '*': 'on' }, /name and value/],
    ['completion.exclude', 'secret', /list of texts/],
    ['completion.model', 'qwen', /backendId\/model/],
    [
      'completion.templates',
      { 'my-model': 'qwenn' },
      /^"qwenn" for my-model is no family; write one of qwen, .*, suffix\.$/,
    ],
    ['backends', {}, /list of backends/],
  ] as const)
    it(`says what to write for ${key} and takes the default`, () => {
      const { settings, problems } = parseSettings({ [key]: value });
      assert.deepEqual(settings, parseSettings({}).settings);
      assert.equal(problems[0]?.key, key);
      assert.match(problems[0]?.message ?? '', message);
    });

  it('tells of a model whose backend is not set up, and keeps it for when that is', () => {
    const { settings, problems } = parseSettings({
      'completion.model': 'olama/qwen',
      'completion.nearerModel': 'embedded/embedded',
      'chat.model': 'ollama/llama',
    });
    assert.deepEqual(settings.completion.model, { backend: 'olama', model: 'qwen' });
    assert.deepEqual(problems, [
      { key: 'completion.model', message: 'There is no backend "olama"; known are ollama, embedded.' },
    ]);
  });

  for (const [wrong, message] of [
    ['x', /an object/],
    [{ id: 'a b', kind: 'custom', url: 'https://x.example' }, /an id of letters/],
    [{ id: 'a', kind: 'magic', url: 'https://x.example' }, /one of ollama/],
    [{ id: 'a', kind: 'custom' }, /The url is/],
    [{ id: 'a', kind: 'custom', url: 'https://me@x.example' }, /without user name/],
    [{ id: 'a', kind: 'custom', url: 'file:///x' }, /The url is/],
    [
      { id: 'a', kind: 'ollama', url: 'http://0.0.0.0:11434' },
      /not where it is found\. Write http:\/\/localhost:11434 /,
    ],
    [{ id: 'a', kind: 'ollama', url: 'http://0:11434' }, /^0\.0\.0\.0 is/],
    [{ id: 'a', kind: 'ollama', url: 'http://[::]:8080', zone: 'device' }, /Write http:\/\/localhost:8080 /],
    [{ id: 'a', kind: 'custom', url: 'https://[::ffff:0.0.0.0]/v1' }, /Write https:\/\/localhost /],
    [{ id: 'a', kind: 'openrouter', zone: 'cloud' }, /"perimeter" or "device"/],
    [{ id: 'a', kind: 'openrouter', apiKey: 'CANARY_KEY' }, /"apiKey" is not known/],
    [{ id: 'a', kind: 'openrouter', keyEnv: 'A KEY' }, /environment variable/],
    [{ id: 'embedded', kind: 'ollama' }, /choose another/],
    [{ id: 'good', kind: 'ollama' }, /is taken/],
  ] as const)
    it(`leaves out a backend such as ${JSON.stringify(wrong)} and keeps the others`, () => {
      const { settings, problems } = parseSettings({ backends: [{ id: 'good', kind: 'ollama' }, wrong] });
      assert.deepEqual(
        settings.backends.map(({ id }) => id),
        ['good'],
      );
      assert.equal(problems[0]?.key, 'backends[1]');
      assert.match(problems[0]?.message ?? '', message);
    });

  it('never throws, and names a setting for every problem', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...userKeys, ...workspaceKeys), fc.anything()), (raw) => {
        const { settings, problems } = parseSettings(raw);
        assert.ok(Object.isFrozen(settings));
        assert.ok(problems.every(({ key }) => Object.keys(raw).some((name) => key.startsWith(name))));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { noTally } from '../../../src/core/completion/tally/tally.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { inlineSettings, switchedOf, withScope } from '../../../src/vscode/completion/settings.ts';
import { createTallyStore } from '../../../src/vscode/completion/whyTallies.ts';
import { editor, workspace } from '../../support/vscode.ts';

const model = { backend: 'ollama', model: 'mine' };

describe('what completion reads of the settings', () => {
  afterEach(() => editor.reset());

  it('is each value as the user set it', () => {
    const { settings } = parseSettings({
      'completion.trigger': 'manual',
      'completion.delay': 250,
      'completion.lines': 'single',
      'completion.maxLines': 3,
      'completion.warm': false,
      'completion.templates': { mine: 'starcoder', other: 'no such family' },
      contextLength: 4096,
    });
    const { templateFor, ...rest } = inlineSettings(settings, [model]);
    assert.deepEqual(rest, {
      models: [model],
      trigger: 'manual',
      delay: 250,
      lines: 'single',
      maxLines: 3,
      contextLength: 4096,
      warm: false,
    });
    assert.equal(templateFor(model), 'starcoder');
    assert.equal(templateFor({ ...model, model: 'other' }), undefined);
  });
  it('sees a document by its path below its folder, or by its whole path', () => {
    workspace.workspaceFolders = [{ uri: { path: '/work' } }];
    const path = (whole: string): string => switchedOf(documentAt(whole)).path;
    assert.equal(path('/work/src/a.ts'), 'src/a.ts');
    assert.equal(path('/elsewhere/a.ts'), 'elsewhere/a.ts');
  });
  it('says whose settings switched completion off', () => {
    assert.deepEqual(withScope({ kind: 'off' }), { kind: 'off', scope: 'user' });
    editor.workspaceConfiguration.set('ringfence.completion.enabled', false);
    assert.deepEqual(withScope({ kind: 'off' }), { kind: 'off', scope: 'workspace' });
    workspace.isTrusted = false;
    assert.deepEqual(withScope({ kind: 'off' }), { kind: 'off', scope: 'user' });
  });
  it('says whose settings switched a language off, also by switching off all others', () => {
    const off = { kind: 'language', language: 'markdown' } as const;
    assert.deepEqual(withScope(off), { ...off, scope: 'user' });
    editor.workspaceConfiguration.set('ringfence.completion.languages', { '*': false });
    assert.deepEqual(withScope(off), { ...off, scope: 'workspace' });
  });
});

describe('the tallies of the window', () => {
  it('are written together, after a while, into what another window wrote meanwhile', (context) => {
    context.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
    const memory = createMemory();
    const [one, other] = [createTallyStore(memory, () => Date.now()), createTallyStore(memory, () => Date.now())];
    one.add({ ...noTally, offered: 1 });
    other.add({ ...noTally, accepted: 1 });
    one.add({ ...noTally, offered: 1 });
    assert.equal(memory.writes(), 0);
    assert.equal(one.week().offered, 2);
    context.mock.timers.tick(2_000);
    assert.equal(memory.writes(), 2);
    assert.deepEqual(one.week(), { ...noTally, offered: 2, accepted: 1 });
  });
  it('are written at the end at the latest, and hold numbers alone', () => {
    const memory = createMemory();
    const store = createTallyStore(memory, () => Date.now());
    store.add({ ...noTally, partly: 1 });
    store.dispose();
    assert.match(JSON.stringify(memory.get('completion.tallies')), /^\{"\d{4}-\d\d-\d\d":\{[a-z":,\d[\]]+\}\}$/);
  });
  it('leave nothing behind where nothing was counted', () => {
    const memory = createMemory();
    createTallyStore(memory, () => Date.now()).dispose();
    assert.equal(memory.writes(), 0);
  });
});

// The adapter is compiled against the editor's own types; of a document only these are looked at.
function documentAt(path: string): Parameters<typeof switchedOf>[0] {
  return { languageId: 'typescript', uri: { path } } as Parameters<typeof switchedOf>[0];
}

function createMemory() {
  const values = new Map<string, unknown>();
  let writes = 0;
  return {
    // The editor's own signature has overloads; the store asks without a default.
    get: ((key: string) => values.get(key)) as Parameters<typeof createTallyStore>[0]['get'],
    update: async (key: string, value: unknown): Promise<void> => {
      writes += 1;
      values.set(key, value);
    },
    writes: () => writes,
  };
}

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { workspaceKeys } from '../../../src/core/settings/keys.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { createSnooze } from '../../../src/vscode/completion/snooze.ts';
import type { StatusProblem } from '../../../src/core/status/problem.ts';
import type { SettingsSource } from '../../../src/vscode/settings/settings.ts';
import { registerMenu } from '../../../src/vscode/status/menu.ts';
import { commands, editor, prompts, window, workspace } from '../../support/vscode.ts';

const enabled = 'ringfence.completion.enabled';
const languages = 'ringfence.completion.languages';
const exclude = 'ringfence.completion.exclude';

describe('the menu', () => {
  afterEach(() => {
    editor.reset();
    prompts.reset();
  });

  it('switches completion off and on in the settings of the user', async () => {
    await pick('$(circle-slash) Switch completion off');
    assert.equal(editor.configuration.get(enabled), false);
    await pick('$(play) Switch completion on');
    assert.equal(editor.configuration.get(enabled), true);
    assert.equal(editor.workspaceConfiguration.has(enabled), false);
  });
  it('switches completion on where the workspace switched it off', async () => {
    editor.workspaceConfiguration.set(enabled, false);
    await pick('$(play) Switch completion on');
    assert.equal(editor.workspaceConfiguration.get(enabled), true);
    assert.equal(editor.configuration.has(enabled), false);
  });
  it('leaves alone a workspace that is not trusted and does not count', async () => {
    workspace.isTrusted = false;
    editor.configuration.set(enabled, false);
    editor.workspaceConfiguration.set(enabled, true);
    await pick('$(play) Switch completion on');
    assert.equal(editor.configuration.get(enabled), true);
  });
  it('switches a language without touching the others', async () => {
    open('typescript');
    editor.configuration.set(languages, { '*': true, markdown: false });
    await pick('$(circle-slash) Off for typescript files');
    assert.deepEqual(editor.configuration.get(languages), { '*': true, markdown: false, typescript: false });
  });
  it('switches a language where the workspace speaks of it, and keeps what only the user set out of its file', async () => {
    open('typescript');
    editor.configuration.set(languages, { markdown: false });
    editor.workspaceConfiguration.set(languages, { typescript: false });
    await pick('$(play) On for typescript files');
    assert.deepEqual(editor.workspaceConfiguration.get(languages), { typescript: true });
    assert.deepEqual(editor.configuration.get(languages), { markdown: false });
  });
  it('leaves out one file, and takes it in again', async () => {
    open('typescript', '/work/src/a.ts');
    editor.configuration.set(exclude, ['*.gen.ts']);
    await pick('$(circle-slash) Off for this file');
    assert.deepEqual(editor.workspaceConfiguration.get(exclude), ['*.gen.ts', '/src/a.ts']);
    await pick('$(play) On for this file');
    assert.deepEqual(editor.workspaceConfiguration.get(exclude), ['*.gen.ts']);
  });
  it('leads to the setting where a wider pattern leaves a file out', async () => {
    open('typescript', '/work/src/a.gen.ts');
    editor.configuration.set(exclude, ['*.gen.ts']);
    await pick('$(edit) Change what is left out…');
    assert.ok(editor.executed.includes('workbench.action.openSettings'));
  });
  it('offers nothing for a single file where no workspace could say so', async () => {
    open('typescript', '/elsewhere/a.ts');
    await pick(undefined);
    assert.ok(!prompts.lists.at(-1)?.some((label) => label.includes('this file') && !label.includes('Explain')));
  });
  it('switches between typing and by hand', async () => {
    await pick('$(keyboard) Suggest by hand only');
    assert.equal(editor.configuration.get('ringfence.completion.trigger'), 'manual');
    await pick('$(keyboard) Suggest while typing');
    assert.equal(editor.configuration.get('ringfence.completion.trigger'), 'automatic');
  });
  it('sets the pause', async () => {
    await pick('$(watch) Pause before a suggestion…', '300 ms');
    assert.equal(editor.configuration.get('ringfence.completion.delay'), 300);
    await pick('$(watch) Pause before a suggestion…', 'none');
    assert.equal(editor.configuration.get('ringfence.completion.delay'), 0);
  });
  it('sets the length', async () => {
    await pick('$(list-flat) Length of suggestions…', 'one line');
    assert.equal(editor.configuration.get('ringfence.completion.lines'), 'single');
  });
  it('leads to the choice of the model and to the explanation', async () => {
    await pick('$(symbol-misc) Choose the completion model…');
    await pick('$(question) Why this suggestion?');
    assert.deepEqual(
      editor.executed.filter((name) => name !== 'ringfence.menu'),
      ['ringfence.models.selectForCompletion', 'ringfence.whyThisSuggestion'],
    );
  });
  it('snoozes for a while and ends it', async (context) => {
    context.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
    const menu = start();
    prompts.picked.push('$(bell-slash) Snooze…', '5 minutes');
    await commands.executeCommand('ringfence.menu');
    assert.equal(menu.snooze.until(), 300_000);
    context.mock.timers.tick(300_000);
    assert.equal(menu.snooze.until(), undefined);
    menu.snooze.start(60);
    prompts.picked.push('$(bell) End the snooze');
    await commands.executeCommand('ringfence.menu');
    assert.equal(menu.snooze.until(), undefined);
    menu.stop();
  });
  it('ends a snooze by a command of its own, which is there only then', async () => {
    const menu = start();
    const known = () => editor.executed.filter((name) => name === 'setContext').length;
    const before = known();
    menu.snooze.start(5);
    assert.equal(known(), before + 1);
    await commands.executeCommand('ringfence.completion.endSnooze');
    assert.equal(menu.snooze.until(), undefined);
    menu.stop();
  });
  it('puts first what does not work, and does what helps', async () => {
    const problem = { reason: 'not-running', message: 'Ollama is not running.', kind: 'ollama' } as const;
    const menu = start(() => problem);
    let started = 0;
    commands.registerCommand('ringfence.models.start', () => (started += 1));
    prompts.picked.push('$(warning) Start Ollama');
    await commands.executeCommand('ringfence.menu');
    assert.deepEqual(prompts.lists.at(-1)?.slice(0, 2), ['Now', '$(warning) Start Ollama']);
    assert.equal(prompts.details.at(-1)?.[1], 'Ollama is not running.');
    assert.equal(started, 1);
    menu.stop();
  });
  it('says what helps where no button does', async () => {
    const menu = start(() => ({ reason: 'busy', message: 'Ollama is busy.', action: 'Wait a moment.' }));
    await commands.executeCommand('ringfence.menu');
    assert.deepEqual(
      [prompts.lists.at(-1)?.[1], prompts.details.at(-1)?.[1]],
      ['$(warning) Ollama is busy.', 'Wait a moment.'],
    );
    menu.stop();
  });
  it('does nothing when it is closed', async () => {
    await pick(undefined);
    assert.deepEqual([editor.configuration.size, editor.workspaceConfiguration.size], [0, 0]);
  });
});

async function pick(...labels: readonly (string | undefined)[]): Promise<void> {
  const menu = start();
  prompts.picked.push(...labels);
  await commands.executeCommand('ringfence.menu');
  menu.stop();
  const wanted = labels[0];
  assert.ok(wanted === undefined || prompts.lists.some((list) => list.includes(wanted)), `no ${wanted}`);
}

function start(problem: () => StatusProblem | undefined = () => undefined) {
  const read = () => {
    const view = workspace.getConfiguration('ringfence');
    const raw = (key: string): unknown => (workspace.isTrusted ? view.get(key) : view.inspect(key).globalValue);
    return parseSettings(Object.fromEntries(workspaceKeys.map((key) => [key, raw(key)]))).settings;
  };
  const settings: SettingsSource = {
    current: read,
    problems: () => [],
    onDidChange: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  const snooze = createSnooze(() => Date.now());
  const registered = registerMenu({ settings, snooze, problem });
  return { snooze, stop: (): void => void registered.dispose() };
}

function open(languageId: string, path = '/work/src/a.ts'): void {
  workspace.workspaceFolders = [{ uri: { path: '/work' } }];
  window.activeTextEditor = { document: { languageId, uri: { path } } };
}

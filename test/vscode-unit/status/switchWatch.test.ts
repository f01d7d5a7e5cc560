import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { RawSettings } from '../../../src/core/settings/settingReader.ts';
import { createSnooze } from '../../../src/vscode/completion/snooze.ts';
import type { SettingsSource } from '../../../src/vscode/settings/settings.ts';
import { watchSwitches } from '../../../src/vscode/status/switchWatch.ts';
import { editor, window, workspace } from '../../support/vscode.ts';

describe('what keeps completion away', () => {
  afterEach(() => editor.reset());

  it('is told of the document at hand, and anew when another comes', () => {
    const { told, stop } = start({ 'completion.languages': { markdown: false } });
    open('markdown', '/work/a.md');
    open('typescript', '/work/a.ts');
    assert.deepEqual(told, [undefined, 'Off for markdown files', undefined]);
    stop();
  });
  it('is told when the language of the document changes', () => {
    const { told, stop } = start({ 'completion.languages': { markdown: false } });
    const document = open('typescript', '/work/a.ts');
    document.languageId = 'markdown';
    editor.fireOpened(document);
    editor.fireOpened({ languageId: 'markdown', uri: { path: '/work/other.md' } });
    assert.deepEqual(told, [undefined, undefined, 'Off for markdown files']);
    stop();
  });
  it('is not told of what nobody writes in', () => {
    const { told, stop } = start({ 'completion.languages': { '*': false } });
    open('typescript', '/work/a.ts');
    open('Log', '/ringfence.log', 'output');
    assert.deepEqual(told, [undefined, 'Off for typescript files', undefined]);
    stop();
  });
  it('is a pattern that leaves the file out', () => {
    const { told, stop } = start({ 'completion.exclude': ['*.gen.ts'] });
    open('typescript', '/work/a.gen.ts');
    assert.equal(told.at(-1), 'Off for this file');
    stop();
  });
  it('is the switch for everything, without a document, too', () => {
    const { told, stop } = start({ 'completion.enabled': false });
    assert.deepEqual(told, ['Completion off']);
    stop();
  });
  it('is a snooze, until it is over', () => {
    const { told, snooze, stop } = start({});
    snooze.start(5);
    snooze.end();
    assert.equal(told.length, 3);
    assert.match(told[1] ?? '', /^Snoozed until .*\d/);
    assert.equal(told[2], undefined);
    stop();
  });
});

function start(raw: RawSettings) {
  workspace.workspaceFolders = [{ uri: { path: '/work' } }];
  const settings: SettingsSource = {
    current: () => parseSettings(raw).settings,
    problems: () => [],
    onDidChange: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  const told: (string | undefined)[] = [];
  const snooze = createSnooze(() => Date.now());
  const watch = watchSwitches({ settings, snooze, tell: (off) => told.push(off?.brief) });
  return {
    told,
    snooze,
    stop: (): void => {
      watch.dispose();
      snooze.dispose();
    },
  };
}

function open(languageId: string, path: string, scheme = 'file'): { languageId: string } {
  const document = { languageId, uri: { path, scheme } };
  window.activeTextEditor = { document };
  editor.fireActiveEditor(window.activeTextEditor);
  return document;
}

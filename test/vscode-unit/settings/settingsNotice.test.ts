import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import type { RawSettings } from '../../../src/core/settings/settingReader.ts';
import type { SettingsSource } from '../../../src/vscode/settings/settings.ts';
import { noticeSettings } from '../../../src/vscode/settings/settingsNotice.ts';
import { commands, editor, prompts } from '../../support/vscode.ts';

describe('the notice of wrong settings', () => {
  beforeEach(() => {
    editor.reset();
    prompts.reset();
  });

  it('leads to the one that is wrong', async () => {
    const query = await noticed({ 'completion.model': 'olama/qwen' });
    assert.match(prompts.messages[0] ?? '', /^warning: A setting is not used\. .*There is no backend "olama"/);
    assert.equal(query, 'ringfence.completion.model');
  });
  it('leads to the list of which an entry is wrong', async () => {
    assert.equal(await noticed({ backends: [{ id: 'a', kind: 'olama' }] }), 'ringfence.backends');
  });
  it('is one for several, and leads to them all', async () => {
    const query = await noticed({ 'completion.maxLines': 0, 'completion.delay': 'soon' });
    assert.match(prompts.messages[0] ?? '', /\(and 1 more, see the log\)$/);
    assert.equal(prompts.messages.length, 1);
    assert.equal(query, 'ringfence');
  });
});

/** What the settings are searched for when the user opens them from the notice. */
async function noticed(raw: RawSettings): Promise<unknown> {
  const opened: unknown[] = [];
  const command = commands.registerCommand('workbench.action.openSettings', (query) => opened.push(query));
  const { settings, problems } = parseSettings(raw);
  const source: SettingsSource = {
    current: () => settings,
    problems: () => problems,
    onDidChange: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
  prompts.pressed.push('Open Settings');
  noticeSettings(source, () => undefined).dispose();
  await new Promise((resolve) => setImmediate(resolve));
  command.dispose();
  return opened[0];
}

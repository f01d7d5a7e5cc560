import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { afterEach, describe, it } from 'node:test';
import { warnOfForeignSettings } from '../../src/vscode/settings/foreignSettings.ts';
import { unlinked } from '../../src/vscode/unlinked.ts';
import { prompts, workspace } from '../support/vscode.ts';
import { disk, FileType, remoteWorkspace, Uri } from '../support/vscodeFiles.ts';

/** What the editor takes for a link in a plain text. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;
const hostile = '[Mend it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22CANARY%22%7D)';

describe('a text with other people’s words in it', () => {
  const before = { ...workspace };
  afterEach(() => {
    for (const name of Object.keys(remoteWorkspace)) Reflect.deleteProperty(workspace, name);
    Object.assign(workspace, before);
    disk.reset();
    prompts.reset();
  });

  it('holds no link, and is otherwise as it was', () => {
    assert.match(hostile, link);
    assert.doesNotMatch(unlinked(`${hostile}[](${hostile}`), link);
    assert.equal(unlinked('src/[id](copy).ts, a[0](b)'), 'src/[id] (copy).ts, a[0] (b)');
    assert.equal(unlinked('plain [words] (here)'), 'plain [words] (here)');
  });

  it('such as the name of a folder in a repository, runs nothing from a notification', async () => {
    const folder = Uri.parse('file:///w');
    disk.folders = [{ uri: folder }];
    const asRelativePath = (uri: Uri): string => uri.path.slice(folder.path.length + 1);
    Object.assign(workspace, remoteWorkspace, { workspaceFolders: disk.folders, asRelativePath });
    const named = Uri.joinPath(folder, '.devcontainer', hostile);
    disk.files.set(named.toString(), { type: FileType.Directory });
    disk.files.set(Uri.joinPath(named, 'devcontainer.json').toString(), {
      type: FileType.File,
      text: '{ "settings": { "ringfence.backends": [] } }',
    });
    const warning = warnOfForeignSettings(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    warning.dispose();
    assert.equal(prompts.messages.length, 1);
    assert.match(prompts.messages[0] ?? '', /Mend it/);
    assert.doesNotMatch(prompts.messages[0] ?? '', link);
  });

  it('goes through this wherever a message takes in anything', async () => {
    const calls = new Set<string>();
    for (const name of await readdir('src', { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const source = await readFile(`src/${name}`, 'utf8');
      for (const [, said = ''] of source.matchAll(/show(?:Information|Warning|Error)Message\(\s*(?=(.{0,300}))/gs))
        if (!/^(?:'[^'\n]*'|`[^`$]*`)/.test(said) && !/^[^;]*unlinked\(/.test(said)) calls.add(name);
    }
    assert.deepEqual([...calls].sort(), knownToHoldOwnWords);
  });
});

/** Numbers, and what the user has named in the settings of the own profile. */
const knownToHoldOwnWords = [
  'compose/start.ts',
  'extension.ts',
  'vscode/models/keys.ts',
  'vscode/policy/accept.ts',
  'vscode/policy/pending.ts',
];

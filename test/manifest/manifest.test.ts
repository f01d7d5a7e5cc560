import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fimFamilies } from '../../src/core/prompt/fimFamilies.ts';
import { userKeys } from '../../src/core/settings/keys.ts';
import { parseSettings } from '../../src/core/settings/parseSettings.ts';
import { settingsTable } from './settingsTable.ts';

const manifest = JSON.parse(await readFile('package.json', 'utf8'));
const properties: Record<string, Property> = Object.assign(
  {},
  ...manifest.contributes.configuration.map((group: { properties: object }) => group.properties),
);

type Property = {
  readonly scope?: string;
  readonly ignoreSync?: boolean;
  readonly default: unknown;
  readonly pattern?: string;
  readonly additionalProperties?: { readonly enum?: readonly string[] };
};
type WalkthroughStep = { readonly id: string; readonly description: string; readonly media: { readonly svg: string } };

describe('manifest', () => {
  it('keeps servers, zones and models out of the reach of a repository, and of the container that it describes', () => {
    for (const key of userKeys) {
      const { scope, ignoreSync } = properties[`ringfence.${key}`] ?? {};
      // What `machine` means in a remote window, the description of a container may set.
      assert.deepEqual({ scope, ignoreSync }, { scope: 'application', ignoreSync: true }, key);
    }
  });

  it('lists every setting that a workspace may set as restricted until the workspace is trusted', () => {
    const open = Object.keys(properties).filter((key) => properties[key]?.scope !== 'application');
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted(), open.toSorted());
  });

  it('uses no proposed API and asks for an editor that has the secondary side bar', () => {
    assert.equal(manifest.enabledApiProposals, undefined);
    assert.equal(manifest.engines.vscode, '^1.106.0');
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  });

  it('has everything at run time bundled', () => {
    assert.equal(manifest.dependencies, undefined);
  });

  it('objects in the settings to what the reader of settings objects to', () => {
    const templates = properties['ringfence.completion.templates'];
    assert.deepEqual(templates?.additionalProperties?.enum, [...fimFamilies, 'suffix']);
    for (const [key, good, bad] of [
      ['keepAlive', ['30m', '-1', '1.5h', '0'], ['soon', '30', '-2', '5 m']],
      ['completion.model', ['', 'ollama/qwen2.5-coder:1.5b', 'or/a/b'], ['qwen', '/qwen', 'ollama/']],
      ['completion.nearerModel', ['', 'a/b'], ['a']],
      ['chat.model', ['', 'a/b'], ['a']],
      ['completion.delay', ['adaptive'], ['soon', 'adaptive ']],
    ] as const) {
      const pattern = new RegExp(properties[`ringfence.${key}`]?.pattern ?? '$^');
      for (const [texts, fine] of [
        [good, true],
        [bad, false],
      ] as const)
        for (const text of texts) {
          assert.equal(pattern.test(text), fine, `${key}: ${JSON.stringify(text)}`);
          const backends = [
            { id: 'a', kind: 'ollama' },
            { id: 'or', kind: 'openrouter' },
            { id: 'ollama', kind: 'ollama' },
          ];
          assert.equal(parseSettings({ [key]: text, backends }).problems.length === 0, fine, `${key}: ${text}`);
        }
    }
  });

  it('gives every command a title in the category of the product', () => {
    for (const { command, title, category } of manifest.contributes.commands)
      assert.ok(command.startsWith('ringfence.') && title.length > 3 && category === 'Ringfence', command);
  });

  it('leads in its walkthrough to commands and pictures that are there, and packages the pictures', async () => {
    const commands = manifest.contributes.commands.map(({ command }: { command: string }) => command);
    const packaged = (await readFile('.vscodeignore', 'utf8')).split('\n');
    const steps: readonly WalkthroughStep[] = manifest.contributes.walkthroughs.flatMap(
      ({ steps: each }: { steps: readonly WalkthroughStep[] }) => each,
    );
    assert.ok(steps.length > 0);
    for (const { id, description, media } of steps) {
      const named = [...description.matchAll(/\(command:([^)]+)\)/g)].map(([, name]) => name);
      assert.deepEqual(
        named.filter((name) => !commands.includes(name)),
        [],
        id,
      );
      assert.match(await readFile(media.svg, 'utf8'), /^<svg [^]*<\/svg>\n$/, id);
      assert.ok(packaged.includes(`!${media.svg.replace(/[^/]+$/, '*.svg')}`), media.svg);
    }
  });

  it('is described by the table in the README', async () => {
    const readme = await readFile('README.md', 'utf8');
    const [start, end] = ['<!-- settings:start -->\n', '\n<!-- settings:end -->'];
    const [before = '', rest = ''] = readme.split(start);
    const [table, after = ''] = rest.split(end);
    const wanted = settingsTable(manifest);
    if (process.env['RINGFENCE_UPDATE'] === '1') return writeFile('README.md', before + start + wanted + end + after);
    assert.equal(table, wanted, 'run RINGFENCE_UPDATE=1 npm test -- manifest');
  });
});

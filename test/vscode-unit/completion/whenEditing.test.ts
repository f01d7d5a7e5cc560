import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { whenEditing } from '../../../src/vscode/completion/whenEditing.ts';
import { commands, Disposable, editor, window } from '../../support/vscode.ts';

describe('a part that is there once somebody edits', () => {
  beforeEach(() => editor.reset());

  it('is not loaded before a text is shown, and then once', async () => {
    const { seen, part } = world();
    await settled();
    assert.deepEqual(seen, []);
    window.visibleTextEditors = [{}];
    editor.fireVisibleEditors(window.visibleTextEditors);
    editor.fireActiveEditor({});
    await settled();
    assert.deepEqual(seen, ['loaded', 'started']);
    part.dispose();
    assert.deepEqual(seen, ['loaded', 'started', 'ended']);
  });

  it('is loaded at once where a text is shown already', async () => {
    window.activeTextEditor = {};
    const { seen } = world();
    await settled();
    assert.deepEqual(seen, ['loaded', 'started']);
  });

  it('is loaded for one of its commands, which then runs', async () => {
    const { seen } = world();
    assert.equal(await commands.executeCommand('part.act', 'now'), 'acted now');
    assert.deepEqual(seen, ['loaded', 'started']);
  });

  it('does not start after its end', async () => {
    window.activeTextEditor = {};
    const { seen, part } = world();
    part.dispose();
    await settled();
    assert.deepEqual(seen, ['loaded']);
  });

  it('tells of a part that cannot be loaded', async () => {
    window.activeTextEditor = {};
    const failures: unknown[] = [];
    whenEditing({
      commands: [],
      load: () => Promise.reject(new Error('gone')),
      failed: (error) => failures.push(error),
    });
    await settled();
    assert.match(String(failures), /gone/);
  });
});

function world() {
  const seen: string[] = [];
  const part = whenEditing({
    commands: ['part.act'],
    load: async () => {
      seen.push('loaded');
      return () => {
        seen.push('started');
        const act = commands.registerCommand('part.act', (when) => `acted ${String(when)}`);
        return new Disposable(() => {
          act.dispose();
          seen.push('ended');
        });
      };
    },
    failed: (error) => assert.fail(String(error)),
  });
  return { seen, part };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { editor } from '../support/vscode.ts';
import type { IndexValues } from '../../src/assistant/indexValues.ts';
import type { PolicyState } from '../../src/core/policy/state.ts';
import { builtInPolicy } from '../../src/core/policy/compile.ts';
import { watchSensitiveValues } from '../../src/vscode/sensitiveValues.ts';

describe('the watch over sensitive values', () => {
  it('looks through the workspace once the policy is there, and again when another one holds', async () => {
    const play = start();
    assert.equal(play.searches.length, 0);
    play.setReady();
    await play.watching.settled;
    assert.equal(play.searches.length, 1);
    play.hold('loading', 'b');
    play.hold('loaded', 'a');
    assert.equal(play.searches.length, 1, 'the same policy, read again');
    play.hold('loaded', 'b');
    assert.equal(play.searches.length, 2);
    play.watching.dispose();
  });

  it('gives up a search that another one replaces', async () => {
    const play = start();
    play.setReady();
    await play.watching.settled;
    editor.fireFolders(undefined);
    editor.fireTrust(undefined);
    assert.deepEqual(
      play.searches.map(({ aborted }) => aborted),
      [true, true, false],
    );
    play.watching.dispose();
    assert.ok(play.searches.at(-1)?.aborted, 'and the last one when it ends');
  });

  it('looks at what came and changed, once for many events, and forgets what is gone', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const play = start();
      editor.fireFile('change', uri('/w/.env'));
      editor.fireFile('create', uri('/w/.env'));
      editor.fireFile('create', uri('/w/a.yaml'));
      editor.fireFile('change', uri('/w/node_modules/x/.env'));
      editor.fireFile('change', uri('/w/.git/config'));
      editor.fireFile('change', uri('/w/.env', 'output'));
      editor.fireFile('delete', uri('/w/old'));
      assert.deepEqual(play.looked, []);
      mock.timers.tick(1000);
      assert.deepEqual(play.looked, ['file:/w/.env', 'file:/w/a.yaml']);
      assert.deepEqual(play.forgotten, ['file:/w/old']);
      play.watching.dispose();
    } finally {
      mock.timers.reset();
    }
  });

  it('leaves nothing behind', () => {
    const before = editor.listeners();
    const play = start();
    assert.ok(editor.listeners() > before);
    play.watching.dispose();
    assert.equal(editor.listeners(), before);
  });
});

function uri(path: string, scheme = 'file'): unknown {
  return { scheme, path, toString: () => `${scheme}:${path}` };
}

/** A watch over an index that only notes what it is asked. */
function start() {
  const searches: AbortSignal[] = [];
  const looked: string[] = [];
  const forgotten: string[] = [];
  const values: IndexValues = {
    all: async (signal) => {
      searches.push(signal);
      return { files: 0, values: 0, complete: true };
    },
    look: async (one) => void looked.push(one),
    forget: (one) => void forgotten.push(one),
  };
  let state: PolicyState = { kind: 'loaded', policy: builtInPolicy([]), hash: 'a', pending: [] };
  let setReady: () => void = () => undefined;
  let changed: (state: PolicyState) => void = () => undefined;
  const watching = watchSensitiveValues({
    values,
    policy: {
      ready: new Promise<void>((resolve) => (setReady = resolve)),
      current: () => state,
      onDidChange: (listener) => {
        changed = listener;
        return { dispose: () => undefined };
      },
    },
    report: () => undefined,
  });
  const hold = (kind: 'loaded' | 'loading', hash: string): void => {
    const common = { policy: state.policy, hash, pending: [] };
    state = kind === 'loaded' ? { kind, ...common } : { kind, ...common, limit: 'device' };
    changed(state);
  };
  return { watching, searches, looked, forgotten, hold, setReady };
}

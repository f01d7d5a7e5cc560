import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { createPolicyKeeper, type KeeperDependencies, type PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { fileAt, folder } from './fixture.ts';

type World = {
  documents: readonly PolicyDocument[];
  accepted: readonly PolicyDocument[];
  trusted: boolean;
  today: string;
  /** Runs before each reading; may throw or wait. */
  beforeRead: () => Promise<void>;
  /** Each reading takes what lies there now, and hands it out when its turn comes. */
  reads: number;
};

function world(text?: string): World {
  return {
    documents: document(text),
    accepted: [],
    trusted: true,
    today: '2026-11-20',
    beforeRead: () => Promise.resolve(),
    reads: 0,
  };
}

function document(text: string | undefined): readonly PolicyDocument[] {
  if (text === undefined) return [];
  return [
    {
      layer: 'workspace',
      file: `${folder}/.ringfence.jsonc`,
      folder,
      version: 'working tree',
      content: { kind: 'text', text },
    },
  ];
}

function keeperOf(here: World): PolicyKeeper {
  const read = async (): Promise<readonly PolicyDocument[]> => {
    here.reads += 1;
    const { documents } = here;
    await here.beforeRead();
    return documents;
  };
  const dependencies: KeeperDependencies = {
    reader: { readAll: read, readAgain: read },
    acknowledged: {
      read: () => Promise.resolve(here.accepted),
      write: (documents) => {
        here.accepted = documents;
        return Promise.resolve();
      },
    },
    folders: () => [folder],
    trusted: () => here.trusted,
    today: () => here.today,
    productVersion: '0.1.0',
    digest: (text) => text,
  };
  return createPolicyKeeper(dependencies);
}

const signal = new AbortController().signal;
const open = '{ "version": 1, "reach": "cloud" }';
const strict = '{ "version": 1, "reach": "cloud", "rules": [{ "id": "a", "files": ["/a/"], "reach": "device" }] }';

function reachOf(keeper: PolicyKeeper, path: string): string {
  return keeper.decide({ kind: 'file', resource: fileAt(path) }).reach;
}

async function started(here: World): Promise<PolicyKeeper> {
  const keeper = keeperOf(here);
  await keeper.reload(signal);
  return keeper;
}

/** Lets a reload that was set off and not awaited come to its end. */
async function settled(keeper: PolicyKeeper): Promise<void> {
  for (let turn = 0; turn < 20 && keeper.current().kind === 'loading'; turn++) await Promise.resolve();
}

describe('from the first moment', () => {
  test('before the policy has been read, files go to no model and nothing leaves the device', async () => {
    const here = world(open);
    const keeper = keeperOf(here);
    assert.equal(keeper.current().kind, 'loading');
    for (const trusted of [false, true]) {
      here.trusted = trusted;
      assert.equal(reachOf(keeper, 'x.ts'), 'none');
      assert.equal(keeper.decide({ kind: 'unknown' }).reach, 'none');
      assert.equal(keeper.decide({ kind: 'typed' }).reach, 'device');
      assert.equal(keeper.decide({ kind: 'product' }).reach, 'cloud');
    }
    assert.match(keeper.decide({ kind: 'file', resource: fileAt('x.ts') }).doubt ?? '', /loading/);
    assert.equal(await keeper.fresh(signal), false);
    await keeper.reload(signal);
    assert.equal(reachOf(keeper, 'x.ts'), 'cloud');
    assert.equal(await keeper.fresh(signal), true);
  });

  test('no policy file: the perimeter and no farther', async () => {
    const keeper = await started(world());
    assert.equal(keeper.current().kind, 'none');
    assert.equal(reachOf(keeper, 'x.ts'), 'perimeter');
  });

  test('an untrusted workspace: the device, whatever its policy says, and nothing is remembered as accepted', async () => {
    const here = { ...world(open), trusted: false };
    const keeper = await started(here);
    assert.equal(reachOf(keeper, 'x.ts'), 'device');
    assert.equal(keeper.decide({ kind: 'typed' }).reach, 'device');
    assert.deepEqual(here.accepted, []);
  });
});

describe('when files change', () => {
  test('a change that nobody announced is found before the next request and closes the cloud until it is read', async () => {
    const here = world(open);
    const keeper = await started(here);
    here.documents = document(strict);
    assert.equal(await keeper.fresh(signal), false);
    assert.equal(keeper.current().kind, 'loading');
    assert.equal(reachOf(keeper, 'x.ts'), 'perimeter');
    await settled(keeper);
    assert.equal(keeper.current().kind, 'loaded');
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
    assert.equal(await keeper.fresh(signal), true);
  });

  test('the old policy holds until the new one stands', async () => {
    const here = world(strict);
    const keeper = await started(here);
    const gate = openGate();
    here.beforeRead = () => gate.passed;
    here.documents = document(open);
    const reloading = keeper.reload(signal);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
    gate.open();
    await reloading;
    assert.equal(keeper.current().pending.length, 1);
  });

  test('of two readings at once the later one counts', async () => {
    const here = world(open);
    const keeper = await started(here);
    const slow = openGate();
    here.beforeRead = () => slow.passed;
    const first = keeper.reload(signal);
    here.beforeRead = () => Promise.resolve();
    here.documents = document(strict);
    await keeper.reload(signal);
    slow.open();
    await first;
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
  });

  test('files that cannot be read close everything beyond the device, with words', async () => {
    const here = world(open);
    const keeper = await started(here);
    here.beforeRead = () => Promise.reject(new Error('EIO'));
    assert.equal(await keeper.fresh(signal), false);
    await settled(keeper);
    const state = keeper.current();
    assert.ok(state.kind === 'invalid' && /EIO/.test(state.problems[0]?.message ?? ''));
    assert.equal(reachOf(keeper, 'x.ts'), 'device');
  });

  test('an exception that ran out at midnight is noticed', async () => {
    const here = world(
      '{ "version": 1, "reach": "cloud", "rules": [{ "id": "a", "files": ["/a/"], "reach": "device" }], "exceptions": [{ "id": "e", "of": "a", "files": ["/a/x.ts"], "reason": "r", "expires": "2026-11-20" }] }',
    );
    const keeper = await started(here);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'cloud');
    here.today = '2026-11-21';
    assert.equal(await keeper.fresh(signal), false);
    await settled(keeper);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
  });
});

describe('accepting what is pending', () => {
  test('lets the looser policy hold from then on', async () => {
    const here = world(strict);
    const keeper = await started(here);
    here.documents = document(open);
    await keeper.reload(signal);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
    assert.equal(await keeper.accept(keeper.current().hash, keeper.current().pending), true);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'cloud');
    await keeper.reload(signal);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'cloud');
  });

  test('one change at a time leaves the others held', async () => {
    const rules = ['a', 'b'].map((id) => ({ id, files: [`/${id}/`], reach: 'device' }));
    const here = world(JSON.stringify({ version: 1, reach: 'cloud', rules }));
    const keeper = await started(here);
    here.documents = document(open);
    await keeper.reload(signal);
    const { hash, pending } = keeper.current();
    assert.equal(await keeper.accept(hash, pending.slice(0, 1)), true);
    await keeper.reload(signal);
    assert.deepEqual([reachOf(keeper, 'a/x.ts'), reachOf(keeper, 'b/x.ts')], ['cloud', 'device']);
    assert.deepEqual(keeper.current().pending, pending.slice(1));
    assert.notEqual(keeper.current().hash, hash);
  });

  test('is refused when the files have changed since they were shown', async () => {
    const here = world(strict);
    const keeper = await started(here);
    here.documents = document(open);
    await keeper.reload(signal);
    const { hash, pending } = keeper.current();
    here.documents = document('{ "version": 1, "reach": "cloud", "unlabelled": { "terminal": "cloud" } }');
    await keeper.reload(signal);
    assert.equal(await keeper.accept(hash, pending), false);
    assert.equal(reachOf(keeper, 'a/x.ts'), 'device');
  });
});

test('listeners hear of each change until they stop listening', async () => {
  const here = world(open);
  const keeper = keeperOf(here);
  const seen: string[] = [];
  const stop = keeper.onDidChange(() => seen.push(keeper.current().kind));
  await keeper.reload(signal);
  stop();
  here.documents = [];
  await keeper.reload(signal);
  assert.deepEqual(seen, ['loaded']);
});

function openGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import type { FileVersion } from '../../../src/core/policy/source.ts';
import { reviewChanges } from '../../../src/vscode/policy/policyReview.chunk.ts';
import type { PolicyStore } from '../../../src/vscode/policy/store.ts';
import { prompts, workspace } from '../../support/vscode.ts';

const folder = 'file:///w';
const rulesOf = (...ids: readonly string[]): string =>
  JSON.stringify({
    version: 1,
    reach: 'cloud',
    rules: ids.map((id) => ({ id, files: [`/${id}/`], reach: 'device' })),
  });

type Files = { readonly accepted: string; readonly tree: string; readonly head?: string };

async function reviewed({ accepted, tree, head }: Files): Promise<PolicyKeeper> {
  const document = (text: string, version: FileVersion): PolicyDocument => ({
    layer: 'workspace',
    file: `${folder}/.ringfence.jsonc`,
    folder,
    version,
    content: { kind: 'text', text },
  });
  const documents = [document(tree, 'working tree'), ...(head === undefined ? [] : [document(head, 'HEAD')])];
  let stored: readonly PolicyDocument[] = [document(accepted, 'acknowledged')];
  const keeper = createPolicyKeeper({
    reader: { readAll: () => Promise.resolve(documents), readAgain: () => Promise.resolve(documents) },
    acknowledged: {
      read: () => Promise.resolve(stored),
      write: async (next) => void (stored = next),
    },
    folders: () => [folder],
    trusted: () => true,
    today: () => '2026-11-20',
    productVersion: '0.1.0',
    digest: (text) => text,
  });
  await keeper.reload(new AbortController().signal);
  const store: PolicyStore = {
    ...keeper,
    onDidChange: () => ({ dispose: () => undefined }),
    ready: Promise.resolve(),
    reload: () => Promise.resolve(),
    dispose: () => undefined,
  };
  await reviewChanges(store);
  return keeper;
}

const left = (keeper: PolicyKeeper): readonly string[] => keeper.current().pending.map(({ rule = '' }) => rule);
const change = (id: string): string => `$(lock) Rule "${id}" no longer holds for /${id}/.`;
const keep = '$(lock) Keep holding it back';
const accept = '$(unlock) Accept it: files may go farther';

describe('the review of held changes', () => {
  beforeEach(() => prompts.reset());
  afterEach(() => {
    workspace.isTrusted = true;
  });

  test('accepts the one that was chosen, and shows the rest again', async () => {
    prompts.picked.push(change('b'), accept, undefined);
    const keeper = await reviewed({ accepted: rulesOf('a', 'b', 'c'), tree: rulesOf('c') });
    assert.deepEqual(left(keeper), ['a']);
    assert.equal(prompts.lists.length, 3);
    assert.ok(prompts.lists[2]?.includes(change('a')));
    assert.ok(!prompts.lists[2]?.includes(change('b')));
  });

  test('accepts nothing that is kept, nor when the list is closed', async () => {
    prompts.picked.push(change('b'), keep, undefined);
    assert.deepEqual(left(await reviewed({ accepted: rulesOf('a', 'b'), tree: rulesOf() })), ['a', 'b']);
    prompts.picked.push('$(unlock) Accept all 2 changes…', undefined, undefined);
    assert.deepEqual(left(await reviewed({ accepted: rulesOf('a', 'b'), tree: rulesOf() })), ['a', 'b']);
  });

  test('accepts all after asking once more', async () => {
    prompts.picked.push('$(unlock) Accept all 2 changes…', '$(unlock) Accept 2 changes: files may go farther');
    assert.deepEqual(left(await reviewed({ accepted: rulesOf('a', 'b'), tree: rulesOf() })), []);
    assert.deepEqual(prompts.messages, ['information: The policy on disk holds now.']);
  });

  test('has nothing to accept where the last commit holds', async () => {
    prompts.picked.push(change('a'), accept);
    const keeper = await reviewed({ accepted: rulesOf(), tree: rulesOf(), head: rulesOf('a') });
    assert.deepEqual(left(keeper), ['a']);
    assert.deepEqual(prompts.lists, [
      ['Until committed', change('a')],
      [keep, '$(go-to-file) Show it'],
    ]);
  });

  test('says what the last commit still holds once it was accepted', async () => {
    prompts.picked.push(change('b'), accept);
    const keeper = await reviewed({ accepted: rulesOf('a', 'b'), tree: rulesOf(), head: rulesOf('a') });
    assert.deepEqual(left(keeper), ['a']);
    assert.equal(keeper.current().pending[0]?.heldBy, 'HEAD');
    assert.match(prompts.messages.join(), /1 change is still held back by the last commit/);
  });

  test('accepts nothing in a workspace that nobody trusts', async () => {
    workspace.isTrusted = false;
    prompts.picked.push(change('a'), accept);
    assert.deepEqual(left(await reviewed({ accepted: rulesOf('a'), tree: rulesOf() })), ['a']);
    assert.match(prompts.messages.join(), /Trust the workspace first/);
  });

  test('says so where there is nothing', async () => {
    await reviewed({ accepted: rulesOf('a'), tree: rulesOf('a') });
    assert.deepEqual(prompts.messages, ['information: No change of the policy is held back.']);
  });
});

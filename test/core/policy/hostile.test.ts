import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideIn } from '../../../src/core/policy/decideIn.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import { holdPolicy } from '../../../src/core/policy/hold.ts';
import type { PolicyState } from '../../../src/core/policy/state.ts';
import { processorTime } from '../../support/processorTime.ts';
import { hostileFiles, type HostileFile } from './hostileFiles.ts';

const files = hostileFiles();
const folder = 'file:///w';

test('there are at least 500 different hostile files', () => {
  assert.ok(new Set(files.map(({ text }) => text)).size >= 500, String(files.length));
});

test('each is refused in under 100 ms with a message, a line and a column; the cloud is off and the device on', () => {
  for (const file of files) {
    const { result: state, took } = quickest(() => hold(file));
    assert.ok(took < 100, `${file.title}: ${took.toFixed(0)} ms`);
    if (state.kind !== 'invalid') assert.fail(`${file.title} was taken for valid.`);
    assertClear(file, state.problems);
    const resource = {
      uri: `${folder}/a.ts`,
      display: 'a.ts',
      names: [{ kind: 'path' as const, path: 'a.ts', folder }],
    };
    const decision = decideIn(
      { state, trusted: true, decide: (from) => decide(state.policy, from) },
      { kind: 'file', resource },
    );
    assert.equal(decision.reach, 'device', file.title);
  }
});

function hold(file: HostileFile): PolicyState {
  return holdPolicy({
    folders: [folder],
    documents: [document(file)],
    acknowledged: [],
    today: '2026-11-20',
    productVersion: '0.1.0',
    digest: (text) => String(text.length),
  }).state;
}

type Held = { readonly result: PolicyState; readonly took: number };

/** A slow run is tried again: what was done before may have left something to collect. */
function quickest(run: () => PolicyState): Held {
  let best = processorTime(run);
  for (let tries = 0; tries < 3 && best.took >= 100; tries++) {
    const again = processorTime(run);
    if (again.took < best.took) best = again;
  }
  return best;
}

type Problem = { readonly message: string; readonly line: number; readonly column: number; readonly offset: number };

function assertClear({ title, text }: HostileFile, problems: readonly Problem[]): void {
  const [first] = problems;
  assert.ok(first, title);
  for (const { message, line, column, offset } of problems) {
    assert.match(message, /^[A-Z"{[*t].{12,}[.?]$/s, `${title}: ${message}`);
    assert.ok(message.length < 400, `${title}: ${message}`);
    assert.ok(!/[\u0000-\u001f\u200b-\u200f\u202a-\u202e]/.test(message), title);
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    assert.deepEqual([line, column], [before.length, (before.at(-1)?.length ?? 0) + 1], `${title}: ${message}`);
  }
}

function document({ text }: HostileFile) {
  return {
    layer: 'workspace',
    file: `${folder}/.ringfence.jsonc`,
    folder,
    version: 'working tree',
    content: { kind: 'text', text },
  } as const;
}

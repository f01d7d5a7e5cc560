import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorTests } from './editorTests.ts';
import { vectors } from './matrix.ts';
import { groups } from './matrix/vector.ts';
import { plays } from './plays.ts';

const ids = (kind: string): readonly number[] =>
  vectors.filter(({ status }) => status.kind === kind).map(({ id }) => id);
const numbers = (low: number, high: number): readonly number[] =>
  Array.from({ length: high - low + 1 }, (_, index) => low + index);

describe('the matrix of leak vectors', () => {
  it('has each of the 172 vectors once, in order, in the groups they belong to', () => {
    assert.deepEqual(
      vectors.map(({ id }) => id),
      numbers(1, 172),
    );
    const first = Object.keys(groups).map((group) => vectors.find((vector) => vector.group === group)?.id);
    assert.deepEqual(first, [1, 18, 48, 61, 77, 85, 101, 115, 121, 142, 161]);
  });

  it('plays exactly the vectors that it calls headless', () => {
    assert.deepEqual(
      [...new Set(plays.map(({ vector }) => vector))].toSorted((a, b) => a - b),
      ids('headless'),
    );
  });

  it('names a step or test in the editor for exactly the vectors that it says are played there', async () => {
    assert.deepEqual(await editorTests(), ids('editor'));
  });

  it('gives a reason for each that is not blocked', () => {
    for (const { id, status } of vectors) {
      if (status.kind === 'not blockable') assert.ok(status.why.length > 20, `${id}`);
      if (status.kind === 'not applicable') assert.ok(status.missing.length > 4, `${id}`);
    }
  });
});

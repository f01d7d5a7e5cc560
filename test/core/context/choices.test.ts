import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChoices, type Choice } from '../../../src/core/context/choices.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';

describe('what was chosen for a file', () => {
  it('stays while one works there for less than two minutes', () => {
    const choices = createChoices();
    assert.equal(choices.stays(here, 0), false);
    choices.chosen(here, 0);
    assert.deepEqual([choices.stays(here, 60_000), choices.stays(here, 119_999)], [true, true]);
    assert.equal(choices.stays(here, 120_000), false);
  });
  it('stays for whoever comes back, however long they were elsewhere', () => {
    const choices = createChoices();
    choices.chosen(here, 0);
    choices.stays(here, 50_000);
    choices.chosen(there, 60_000);
    assert.equal(choices.stays(here, 900_000), true);
    assert.equal(choices.stays(here, 969_999), true, '120 s of work, less the moment');
    assert.equal(choices.stays(here, 970_000), false);
    assert.equal(choices.stays(there, 980_000), true);
  });
  it('goes for prompts that go elsewhere, and once a piece of it stands no more', () => {
    const choices = createChoices();
    choices.chosen(here, 0);
    assert.equal(choices.stays({ ...here, zone: 'cloud' }, 1), false);
    assert.equal(choices.stays({ ...here, pieces: here.pieces.slice(1) }, 1), false);
    assert.equal(choices.stays(here, 1), true);
  });
  it('goes when one writes in another file, but not under the hands of who works on', () => {
    const choices = createChoices();
    choices.chosen(there, 0);
    choices.chosen(here, 1_000);
    choices.written(there.uri);
    assert.equal(choices.stays(here, 2_000), true, 'written in the background');
    assert.equal(choices.stays(there, 3_000), true, 'its own text');
    choices.written(there.uri);
    assert.equal(choices.stays(here, 4_000), false, 'there is news from where one was');
  });
  it('is remembered of eight files, those one was in last', () => {
    const choices = createChoices();
    const files = Array.from({ length: 9 }, (_, at) => ({ ...here, uri: `file:///${at}.ts` }));
    for (const [at, file] of files.entries()) choices.chosen(file, at);
    assert.deepEqual(
      files.map((file) => choices.stays(file, 10)),
      files.map((_, at) => at > 0),
    );
    choices.clear();
    assert.equal(choices.stays(files[8] ?? here, 11), false);
  });
});

const pieces = ['x', 'y'].map((title) => ({ title, text: labelled(title, productLabel) }));
const here: Choice = { uri: 'file:///here.ts', zone: 'device', pieces };
const there: Choice = { uri: 'file:///there.ts', zone: 'device', pieces: [] };

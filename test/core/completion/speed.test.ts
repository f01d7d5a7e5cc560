import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { learn, unmeasured, type Sample } from '../../../src/core/completion/speed.ts';
import { keyAt, medianGap, unknownTempo } from '../../../src/core/completion/tempo.ts';

const sample: Sample = { usage: {}, firstTokenMs: 100, streamMs: 200, pieces: 40, promptChars: 3_300, newChars: 1_650 };

describe('learn', () => {
  it('takes the first sample as it is', () => {
    const speed = learn(unmeasured, sample);
    assert.deepEqual([speed.firstTokenMs, speed.tokenMs, speed.evaluated], [100, 5, 5]);
  });
  it('moves towards what it sees', () => {
    const speed = learn(learn(unmeasured, sample), { ...sample, firstTokenMs: 200 });
    assert.equal(speed.firstTokenMs, 130);
  });
  it('learns how many characters make a token', () => {
    const { charsPerToken } = learn(unmeasured, { ...sample, usage: { promptTokens: 825 } });
    assert.equal(charsPerToken, 4);
  });
  it('makes prompts no longer or shorter for rates that differ as those of one busy machine do', () => {
    const millisecondsFor500Tokens = [500, 560, 620, 530, 590, 510, 640];
    const evaluated = millisecondsFor500Tokens
      .map((promptMs) => ({ ...sample, usage: { promptMs } }))
      .reduce(learn, unmeasured).evaluated;
    assert.equal(evaluated, 1);
  });
  it('nor for texts that differ a little in how many characters make a token', () => {
    const { charsPerToken } = [1_000, 1_030, 960, 1_050, 970, 1_040]
      .map((promptTokens) => ({ ...sample, usage: { promptTokens } }))
      .reduce(learn, unmeasured);
    assert.equal(charsPerToken, 3.3);
  });
  it('takes a machine for slower as soon as it is, a single slow answer left out', () => {
    const quick = { ...sample, usage: { promptMs: 250 } };
    const slow = { ...sample, usage: { promptMs: 1_000 } };
    assert.equal([quick, quick, quick, slow].reduce(learn, unmeasured).evaluated, 2);
    assert.equal([quick, quick, quick, slow, slow].reduce(learn, unmeasured).evaluated, 0.5);
  });
  it('does not take a server for quick that had kept what was new to us', () => {
    const evaluatedAll = { ...sample, usage: { promptMs: 1_650 } };
    const keptAll = { ...sample, usage: { promptMs: 20 } };
    const samples = [evaluatedAll, keptAll, keptAll, evaluatedAll, keptAll, keptAll];
    assert.ok((samples.reduce(learn, unmeasured).evaluated ?? 0) < 0.5);
  });
  it('counts the tokens that are new by what the server counted in this very text', () => {
    const numbers = { ...sample, usage: { promptTokens: 3_300, promptMs: 1_650 } };
    assert.equal(learn(unmeasured, numbers).evaluated, 1);
  });
  it('learns it too where a character makes more than one, as of Thai or Hindi', () => {
    const thai = { ...sample, usage: { promptTokens: 4_000 } };
    const { charsPerToken } = Array.from({ length: 12 }, () => thai).reduce(learn, unmeasured);
    assert.equal(charsPerToken, 0.825);
  });
  it('does not believe a server that counts what cannot be, nor a prompt that is hardly more than its template', () => {
    const ratio = (promptChars: number, promptTokens: number): number =>
      learn(unmeasured, { ...sample, promptChars, usage: { promptTokens } }).charsPerToken;
    assert.deepEqual([ratio(3_300, 3), ratio(3_300, 100), ratio(3_300, 33_000), ratio(60, 30)], [3.3, 3.3, 3.3, 3.3]);
  });
  it('does not take a cold load for slowness', () =>
    assert.equal(
      learn(unmeasured, { ...sample, usage: { loadMs: 20_000 }, firstTokenMs: 21_000 }).firstTokenMs,
      undefined,
    ));
  it('learns how long a line and how long a block takes, cold loads left out', () => {
    const line = learn(unmeasured, { ...sample, lines: 'single' });
    const both = learn(line, { ...sample, lines: 'multiple', streamMs: 900 });
    const cold = learn(both, { ...sample, lines: 'single', firstTokenMs: 9_000, usage: { loadMs: 8_900 } });
    assert.deepEqual(cold.answerMs, { single: 300, multiple: 1_000 });
    assert.equal(learn(unmeasured, sample).answerMs, undefined);
  });
  it('does not guess a rate from a prompt that was nearly all known', () =>
    assert.equal(learn(unmeasured, { ...sample, newChars: 30 }).evaluated, undefined));
});

describe('tempo', () => {
  it('is the median gap, without the pauses', () => {
    const times = [0, 100, 220, 320, 5_000, 5_110, 5_200];
    assert.equal(medianGap(times.reduce(keyAt, unknownTempo)), 100);
  });
  it('is 150 ms until there is something to go by', () => assert.equal(medianGap(unknownTempo), 150));
});

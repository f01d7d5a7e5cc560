import { createEmbeddedIndex, type EmbeddedIndex } from '../../src/core/embedded/embeddedIndex.ts';
import { labelOf, reveal } from '../../src/core/label/labelled.ts';
import { note, noteLeast, noteMost } from './bars.ts';
import { createNgramBaseline } from './corpus/ngram.ts';
import { replay } from './corpus/replay.ts';
import { addScore, askAtStart, newScore, quantile, scoreLine, typeLine, type Ask, type Score } from './corpus/score.ts';
import { loadTraces, type Trace } from './corpus/traces.ts';

// The embedded engine on commits it has not seen, against a plain n-gram model on the same tokens in the same run.
// Each added line is asked for where it begins (next line), then written key by key.
//   node test/run.mjs --bench embedded.bench [--traces=<folder>] [--only=<name>,…]

const label = labelOf([{ provenance: { kind: 'product' }, reach: 'cloud', rules: [] }]);
/** The n-gram model is also run with thresholds of its own, for a comparison at the same precision. */
const baselineThresholds = [0.5, 0.7, 0.9] as const;

type Scores = ReadonlyMap<string, Score>;

const names = ['engine, next line', 'engine, typing', ...baselineThresholds.flatMap((at) => baselineNames(at))];
const total = newScores();
for (const trace of loadTraces()) {
  const scores = run(trace);
  console.log(`\n${trace.name} (${trace.language})`);
  print(scores);
  for (const name of names) addScore(scoreOf(total, name), scoreOf(scores, name));
}
console.log('\nall together');
print(total);
judge();

function run(trace: Trace): Scores {
  const scores = newScores();
  const index = createEmbeddedIndex();
  const baseline = createNgramBaseline();
  replay(trace, {
    linesPerCommit: 30,
    wrote(path, text) {
      index.update(path, text, label);
      baseline.update(path, text);
    },
    about(moment) {
      askAtStart(scoreOf(scores, 'engine, next line'), engine(index), moment);
      typeLine(scoreOf(scores, 'engine, typing'), engine(index), moment);
      for (const threshold of baselineThresholds) {
        const ask: Ask = (_path, prefix) => baseline.complete(prefix, threshold);
        const [start, typing] = baselineNames(threshold);
        askAtStart(scoreOf(scores, start), ask, moment);
        typeLine(scoreOf(scores, typing), ask, moment);
      }
    },
  });
  return scores;
}

function engine(index: EmbeddedIndex): Ask {
  return (uri, prefix, suffix) => {
    const answer = index.complete({ uri, prefix, suffix });
    return answer && { text: reveal(answer.text), confidence: answer.confidence, wholeLine: answer.wholeLine };
  };
}

/** Notes what is judged. */
function judge(): void {
  const next = scoreOf(total, 'engine, next line');
  const typing = scoreOf(total, 'engine, typing');
  const plain = scoreOf(total, baselineNames(baselineThresholds[0])[0]);
  console.log('\nforetold and come true, while typing');
  for (const bin of typing.bins) {
    if (bin.shown < 20) continue;
    const foretold = (bin.confidence / bin.shown).toFixed(2);
    console.log(`  ${foretold} → ${(bin.right / bin.shown).toFixed(2)} of ${bin.shown}`);
  }
  const [ms, gain] = [
    quantile([...next.ms, ...typing.ms], 0.95),
    next.chars / next.asked / (plain.chars / plain.asked),
  ];
  // The n-gram model at whichever of its thresholds saves most.
  const plainSaved = baselineThresholds.map((at) => savedBy(scoreOf(total, baselineNames(at)[1])));
  const saved = savedBy(typing) / Math.max(...plainSaved);
  const points = 100 * (next.right / next.shown - plain.right / plain.shown);
  noteLeast('embedded engine: next lines shown that are right', (100 * next.right) / next.shown, {
    least: 60,
    unit: ' %',
  });
  noteMost('embedded engine: time for a call, p95', ms, { most: 10, unit: ' ms', digits: 2 });
  noteLeast('embedded engine: precision over n-gram', points, { least: 0, unit: ' points' });
  noteLeast('embedded engine: keys saved while typing, over n-gram', saved, { least: 1, unit: '×', digits: 2 });
  note({
    measure: 'embedded engine: right characters an ask, over an n-gram that is mostly wrong',
    bar: '',
    measured: `${gain.toFixed(2)}×`,
  });
  const lengths = [next, typing, plain].map(({ chars, right }) => (chars / Math.max(1, right)).toFixed(1));
  note({
    measure: 'embedded engine: acceptance length, next line · typing · n-gram',
    bar: '',
    measured: `${lengths.join(' · ')} characters`,
  });
}

function savedBy({ saved, written }: Score): number {
  return saved / written;
}

function baselineNames(threshold: number): readonly [string, string] {
  return [`n-gram ≥ ${threshold}, next line`, `n-gram ≥ ${threshold}, typing`];
}

function newScores(): Scores {
  return new Map(names.map((name) => [name, newScore()]));
}

function scoreOf(scores: Scores, name: string): Score {
  const score = scores.get(name);
  if (!score) throw new Error(`No score is kept for ${name}.`);
  return score;
}

function print(scores: Scores): void {
  for (const [name, score] of scores) console.log(`  ${scoreLine(name, score)}`);
}

// Plays every known way in which a sensitive file could leak, and random sessions after that, and adds up what became of
// them: `node test/leaks/run.mjs [--json] [--sessions 10000] [--seed 1]`. Ends with 1 if anything leaked, failed or is untested.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { setup } from '../host/setup.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sessions: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
await setup();
const { bundleSuite, runSuite } = await import('./bundle.mjs');

const suite = await bundleSuite('leaks');
const began = Date.now();
try {
  const vectors = await runSuite(suite.file, ['vectors']);
  const fuzzer = await fuzz(suite.file, Number(values.sessions), Number(values.seed));
  const report = sum(vectors, fuzzer);
  console.log(values.json ? JSON.stringify(report, undefined, 2) : describe(report));
  process.exitCode =
    report.leaked.length + report.failed.length + report.untested.length + fuzzer.leaks.length > 0 ? 1 : 0;
} finally {
  await suite.remove();
}

/**
 * Sessions are shared out over the processors; which process plays one changes nothing about it.
 *
 * @param {string} file
 * @param {number} sessions
 * @param {number} seed
 */
async function fuzz(file, sessions, seed) {
  const shares = Math.max(1, Math.min(availableParallelism(), Math.ceil(sessions / 100)));
  const size = Math.ceil(sessions / shares);
  const starts = Array.from({ length: shares }, (_, share) => share * size).filter((start) => start < sessions);
  const results = await Promise.all(
    starts.map((start) => runSuite(file, ['fuzz', Math.min(size, sessions - start), seed + start])),
  );
  const add = (/** @type {(result: any) => number} */ count) => results.reduce((all, one) => all + count(one), 0);
  return {
    sessions: add((one) => one.sessions),
    seed,
    steps: add((one) => one.steps),
    arrivals: {
      device: add((one) => one.arrivals.device),
      perimeter: add((one) => one.arrivals.perimeter),
      cloud: add((one) => one.arrivals.cloud),
    },
    beyond: {
      agreed: add((one) => one.beyond.agreed),
      steppedIn: add((one) => one.beyond.steppedIn),
      pasted: add((one) => one.beyond.pasted),
    },
    leaks: results.flatMap((one) => one.leaks),
  };
}

/**
 * @param {readonly import('./main.ts').Played[]} vectors
 * @param {Awaited<ReturnType<typeof fuzz>>} fuzzer
 */
function sum(vectors, fuzzer) {
  const of = (/** @type {string} */ kind) => vectors.filter(({ status }) => status.kind === kind);
  const ended = (/** @type {string} */ kind) =>
    vectors.flatMap(({ id, title, outcomes }) =>
      outcomes.filter((outcome) => outcome.kind === kind).map(({ how, error }) => ({ id, title, how, error })),
    );
  const headless = of('headless');
  const blocked = headless.filter(
    ({ outcomes }) => outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'blocked'),
  );
  return {
    vectors: vectors.length,
    tried: headless.length,
    plays: vectors.reduce((all, { outcomes }) => all + outcomes.length, 0),
    blocked: blocked.length,
    leaked: ended('leaked'),
    failed: ended('failed'),
    untested: [
      ...headless.filter(({ outcomes }) => outcomes.length === 0),
      ...of('editor').filter(({ inEditor }) => !inEditor),
    ].map(({ id, title }) => ({ id, title })),
    inEditor: of('editor').map(({ id, title }) => ({ id, title })),
    notBlockable: of('not blockable').map(({ id, title, status }) => ({
      id,
      title,
      why: 'why' in status ? status.why : '',
    })),
    notApplicable: of('not applicable').map(({ id, title, status }) => ({
      id,
      title,
      why: 'missing' in status ? `Ringfence has no ${status.missing}.` : '',
    })),
    fuzzer,
    seconds: Math.round((Date.now() - began) / 1000),
  };
}

/** @param {ReturnType<typeof sum>} report */
function describe(report) {
  const { fuzzer } = report;
  /**
   * @param {string} title
   * @param {readonly { id: number, title: string, how?: string, error?: string | undefined, why?: string }[]} entries
   */
  const list = (title, entries) =>
    entries.length === 0
      ? []
      : [
          '',
          title,
          ...entries.map((one) => `  ${one.id} ${[one.title, one.how, one.why, one.error].filter(Boolean).join('. ')}`),
        ];
  return [
    `Leak vectors: ${report.vectors}`,
    `  tried here      ${report.tried} (${report.plays} plays)`,
    `  blocked         ${report.blocked}`,
    `  leaked          ${report.leaked.length}`,
    `  in the editor   ${report.inEditor.length} (npm run test:vscode -- leaks)`,
    `  not blockable   ${report.notBlockable.length}`,
    `  not applicable  ${report.notApplicable.length}`,
    `Random sessions: ${fuzzer.sessions} from seed ${fuzzer.seed}, ${fuzzer.steps} steps`,
    `  words arrived   ${fuzzer.arrivals.device} on the device, ${fuzzer.arrivals.perimeter} in the perimeter, ${fuzzer.arrivals.cloud} in the cloud`,
    `  went by consent ${fuzzer.beyond.agreed} parts sent after all, ${fuzzer.beyond.steppedIn} times another model stepped in`,
    `  copies known    ${fuzzer.beyond.pasted} where they were pasted`,
    `  leaks           ${fuzzer.leaks.length}`,
    ...list('Not blockable:', report.notBlockable),
    ...list('Not applicable:', report.notApplicable),
    ...list('LEAKED:', report.leaked),
    ...list('FAILED:', report.failed),
    ...list('UNTESTED:', report.untested),
    ...fuzzer.leaks.map(({ seed, step, what }) => `LEAKED in the session of seed ${seed} at step ${step}: ${what}`),
    '',
    `${report.leaked.length + fuzzer.leaks.length} leaked, ${report.failed.length} failed, ${report.untested.length} untested in ${report.seconds} s`,
  ].join('\n');
}

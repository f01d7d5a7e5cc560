import { note, noteLeast, noteMost } from './bars.ts';
import { loadSessions } from './corpus/typing.ts';
import { quantile } from './corpus/score.ts';
import { replay, type Manner, type Outcome } from './completion/replay.ts';
import { costOfEveryKey } from './completion/everyKey.ts';
import type { Row, ServerSettings } from './completion/server.ts';

// Recorded typing against a simulated server, on a clock of its own: the same figures on every machine.
//   node test/run.mjs --bench bench/completion.bench [--errs=<share>,…] [--verbose]

/** Milliseconds to the first token, per token, and microseconds for each character of the prompt that is new. */
const servers = {
  A: { ttft: 80, tok: 5, slots: 0, prefillUs: 0 },
  B: { ttft: 40, tok: 10, slots: 1, prefillUs: 50 },
  slow: { ttft: 400, tok: 60, slots: 1, prefillUs: 300 },
} satisfies Readonly<Record<string, ServerSettings>>;
/** The bars are judged on a model that errs at this share of the words, on server B. */
const usual = 0.3;
const sessions = loadSessions();
const header = `| ${[
  'sessions',
  'keys',
  'looks with ghost text',
  'right',
  'fresh, median ms (n)',
  'worst',
  'carried',
  'requests/100',
  'warming',
  'tokens',
  'never seen',
  'shared',
  'evaluated p95',
  'outstanding',
].join(' | ')} |\n|${'---|'.repeat(14)}`;

for (const [name, server] of Object.entries(servers)) {
  console.log(`\n## server ${name}: ${JSON.stringify(server)}\n${header}`);
  for (const errs of [0, 0.1, usual, 0.6])
    console.log(line(`model errs at ${errs * 100} % of words`, await playAll(server, { errs })));
}
console.log(`\n## server B, model errs at ${usual * 100} % of words, by language\n${header}`);
const outcomes = await playAll(servers.B, { errs: usual });
for (const language of new Set(sessions.map((session) => session.language)))
  console.log(
    line(
      language,
      outcomes.filter(({ session }) => session.language === language),
    ),
  );
judgePrompts();
judge(outcomes);
await judgeTaking();
await judgeBurst();
await judgeSlow();

async function playAll(server: ServerSettings, manner: Manner, these = sessions): Promise<readonly Outcome[]> {
  const played: Outcome[] = [];
  for (const session of these) played.push(await replay(session, server, manner));
  return played;
}

function judge(all: readonly Outcome[]): void {
  const requests = all.flatMap(({ rows }) => rows);
  const evaluated = requests.map((row) => row.evaluated);
  const keys = total(all, ({ keys: count }) => count);
  const instant = all.flatMap((outcome) => outcome.instant);
  const generations = requests.length - total(all, ({ warm }) => warm);
  const unseenTokens = percent(
    total(all, (one) => one.unseenTokens),
    total(all, ({ tokens }) => tokens),
  );
  const asking = percent(
    total(all, (one) => one.asking),
    keys,
  );
  noteMost('… of the requests really sent, p95', quantile(evaluated, 0.95), { most: 150, digits: 0 });
  compare('… of the requests really sent, per key', (sum(evaluated) / keys).toFixed(1));
  compare('… of the requests really sent, reused', `${percent(sharedOf(requests), sizeOf(requests)).toFixed(1)} %`);
  noteMost('requests per 100 keys, warming included', percent(requests.length, keys), { most: 12 });
  noteLeast('keys that need no request', 100 - asking, { least: 60, unit: ' %' });
  noteMost('tokens generated and never seen', unseenTokens, { most: 10, unit: ' %' });
  const unseen = percent(
    total(all, (one) => one.unseen),
    generations,
  );
  noteMost('generations never seen', unseen, { most: 15, unit: ' %' });
  noteMost('typed or cached text offered again, p95', quantile(instant, 0.95), { most: 5, unit: ' ms', digits: 2 });
}

/** What the prompts of a whole session would cost if every key asked. */
function judgePrompts(): void {
  const [first, last] = (['qwen', 'codestral'] as const).map((family) =>
    sessions.flatMap((session) => costOfEveryKey(session, family)),
  );
  if (!first || !last) return;
  const again = quantile(
    first.map((cost) => cost.evaluated),
    0.95,
  );
  const reused = 100 - percent(sum(first.map((cost) => cost.evaluated)), sum(first.map((cost) => cost.tokens)));
  const suffixFirst = quantile(
    last.map((cost) => cost.evaluated),
    0.95,
  );
  noteMost('tokens evaluated again per key, PSM, p95', again, { most: 100, digits: 0 });
  noteLeast('share of the prompt reused per key, PSM', reused, { least: 95, unit: ' %' });
  noteMost('tokens evaluated again per key, SPM, p95', suffixFirst, { most: 5, digits: 0 });
}

/** At three tokens a second, and whoever looks has half a minute: every line that is shown is a whole one. */
async function judgeSlow(): Promise<void> {
  const patient = sessions.map((session) => ({
    ...session,
    keys: session.keys.map((key) => (typeof key === 'object' && 'pause' in key ? { pause: 30_000 } : key)),
  }));
  const slow = { ttft: 1_500, tok: 333, slots: 1, prefillUs: 300 };
  const looks = (await playAll(slow, { errs: 0 }, patient)).flatMap((outcome) => outcome.looks);
  const shown = looks.filter(({ kind }) => kind !== 'none');
  console.log(`\nat 3 tokens a second: ghost text at ${shown.length} of ${looks.length} looks`);
  const whole = percent(shown.filter((look) => look.whole).length, shown.length);
  noteLeast('server at 3 tokens a second: lines shown whole', whole, { least: 98, unit: ' %' });
}

/** Somebody takes what is right when they look: is the next thing there at once? */
async function judgeTaking(): Promise<void> {
  const taking: Outcome[] = [];
  for (const errs of [0, 0.1, usual]) taking.push(...(await playAll(servers.B, { errs, takes: true })));
  const nexts = taking.flatMap((outcome) => outcome.nexts);
  const atOnce = nexts.filter((ms) => ms <= 50).length;
  console.log(
    `\ntaken ${nexts.length} times; next ghost text after ${quantile(nexts, 0.5).toFixed(0)} ms (median), at the editor's own question`,
  );
  noteLeast('next suggestion ready when one is taken', percent(atOnce, nexts.length), { least: 80, unit: ' %' });
}

/** A thousand keys of the recordings without a pause, one every 30 ms, against a slow server. */
async function judgeBurst(): Promise<void> {
  let keys = 0;
  let most = 0;
  for (const session of sessions) {
    if (keys >= 1_000) break;
    const unpaused = { ...session, keys: session.keys.filter((key) => typeof key === 'string' || !('pause' in key)) };
    const outcome = await replay(unpaused, servers.slow, { errs: 1, keyMs: 30 });
    keys += outcome.keys;
    most = Math.max(most, outcome.outstanding);
  }
  noteMost(`outstanding requests in a burst of ${keys} keys`, most, { most: 2, digits: 0 });
}

function line(name: string, all: readonly Outcome[]): string {
  const looks = all.flatMap((outcome) => outcome.looks);
  const shown = looks.filter(({ kind }) => kind !== 'none');
  const fresh = looks.filter(({ kind }) => kind === 'fresh').map(({ latency }) => latency);
  const requests = all.flatMap(({ rows }) => rows);
  const keys = total(all, (outcome) => outcome.keys);
  const tokens = total(all, (outcome) => outcome.tokens);
  const share = (part: number, whole: number): string => `${percent(part, whole).toFixed(1)} %`;
  return `| ${[
    name,
    keys,
    `${shown.length}/${looks.length}`,
    shown.filter(({ right }) => right).length,
    `${fresh.length === 0 ? '–' : quantile(fresh, 0.5).toFixed(0)} (${fresh.length})`,
    fresh.length === 0 ? '–' : Math.max(...fresh).toFixed(0),
    looks.filter(({ kind }) => kind === 'carried').length,
    ((100 * requests.length) / keys).toFixed(1),
    total(all, ({ warm }) => warm),
    tokens,
    share(
      total(all, ({ unseenTokens }) => unseenTokens),
      tokens,
    ),
    share(sharedOf(requests), sizeOf(requests)),
    quantile(
      requests.map(({ evaluated }) => evaluated),
      0.95,
    ),
    Math.max(...all.map(({ outstanding }) => outstanding)),
  ].join(' | ')} |`;
}

function total(all: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return all.reduce((sum, outcome) => sum + of(outcome), 0);
}

function sharedOf(rows: readonly Row[]): number {
  return sum(rows.map(({ shared }) => shared));
}

function sizeOf(rows: readonly Row[]): number {
  return sum(rows.map(({ size }) => size));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function compare(measure: string, measured: string): void {
  note({ measure, bar: '', measured });
}

function percent(part: number, whole: number): number {
  return (100 * part) / Math.max(1, whole);
}

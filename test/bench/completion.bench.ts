import { readFileSync } from 'node:fs';
import limiter from './completion/limiter.txt';
import { replay, type Outcome } from './completion/replay.ts';
import { limiterTrace, retypeTrace } from './completion/traces.ts';

const settings = {
  A: { ttft: 80, tok: 5, slots: 0, prefillUs: 0 },
  B: { ttft: 40, tok: 10, slots: 1, prefillUs: 50 },
  slow: { ttft: 400, tok: 60, slots: 1, prefillUs: 300 },
};
const sources = [
  'src/core/label/labelled.ts',
  'src/core/policy/ruleRef.ts',
  'src/core/prompt/fim.ts',
  'src/core/completion/follow.ts',
  'src/core/completion/suggestionCache.ts',
  'src/core/prompt/anchor.ts',
];

for (const [name, server] of Object.entries(settings)) {
  console.log(`\n## server ${name}: ${JSON.stringify(server)}`);
  console.log(header());
  console.log(line('limiter', [await replay(limiterTrace(limiter), server)]));
  for (const errs of [0.1, 0.3, 0.6, 1]) {
    const outcomes: Outcome[] = [];
    for (const [index, source] of sources.entries())
      for (let seed = 1; seed <= 4; seed++)
        outcomes.push(
          await replay(
            retypeTrace(source, readFileSync(source, 'utf8'), {
              seed: seed + index * 100,
              errs,
              pauses: 0.06,
              keyMs: 130,
            }),
            server,
          ),
        );
    console.log(line(`retyped, model errs ${errs * 100} % of words`, outcomes));
  }
}

function header(): string {
  return '| trace | keys | pauses with ghost | right | fresh median ms (n) | fresh worst | carried | requests/100 | tokens | unseen | shared | most outstanding | accept→next |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|';
}

function line(name: string, outcomes: readonly Outcome[]): string {
  const sum = (of: (outcome: Outcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const fresh = outcomes
    .flatMap((outcome) => outcome.pauses.filter((pause) => pause.kind === 'fresh').map((pause) => pause.latency))
    .sort((a, b) => a - b);
  const carried = outcomes.flatMap((outcome) => outcome.pauses.filter((pause) => pause.kind === 'carried')).length;
  const pauses = sum((outcome) => outcome.pauses.length);
  const shown = outcomes.flatMap((outcome) => outcome.pauses.filter((pause) => pause.kind !== 'none')).length;
  const right = outcomes.flatMap((outcome) => outcome.pauses.filter((pause) => pause.right)).length;
  const keys = sum((outcome) => outcome.keys);
  const tokens = sum((outcome) => outcome.tokens);
  const percent = (part: number, whole: number): string => `${((part / Math.max(1, whole)) * 100).toFixed(1)} %`;
  const tabs = outcomes.flatMap((outcome) => outcome.tabs.map((tab) => Math.round(tab.nextMs)));
  return `| ${name} | ${keys} | ${shown}/${pauses} | ${right} | ${fresh[fresh.length >> 1]?.toFixed(0) ?? '–'} (${fresh.length}) | ${fresh.at(-1)?.toFixed(0) ?? '–'} | ${carried} | ${((sum((o) => o.requests) / keys) * 100).toFixed(1)} | ${tokens} | ${percent(
    sum((o) => o.unseen),
    tokens,
  )} | ${percent(
    sum((o) => o.shared),
    sum((o) => o.bytes),
  )} | ${Math.max(...outcomes.map((o) => o.outstanding))} | ${tabs.join(' ')} |`;
}

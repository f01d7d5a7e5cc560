import { appendFileSync } from 'node:fs';
import { everything, type Hook, type SuiteGroup, type SuiteTest } from './suite.ts';

/**
 * What VS Code calls inside the extension host: runs all collected tests one after another and appends one JSON object per
 * line to the file that `RINGFENCE_SUITE_REPORT` names, the last of them `done`. Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const file = process.env['RINGFENCE_SUITE_REPORT'];
  if (file === undefined)
    throw new Error('RINGFENCE_SUITE_REPORT is not set: start the suite with `npm run test:vscode`.');
  let failed = 0;
  await runGroup(everything, { path: [], beforeEach: [], afterEach: [] }, (event) => {
    if (event.kind === 'fail') failed += 1;
    appendFileSync(file, `${JSON.stringify(event)}\n`);
  });
  appendFileSync(file, `${JSON.stringify({ kind: 'done' } satisfies SuiteEvent)}\n`);
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** A line of the report. Times are milliseconds. */
export type SuiteEvent =
  | { readonly kind: 'pass'; readonly name: string; readonly milliseconds: number }
  | { readonly kind: 'fail'; readonly name: string; readonly milliseconds: number; readonly error: string }
  | { readonly kind: 'done' };

interface Surroundings {
  readonly path: readonly string[];
  readonly beforeEach: readonly Hook[];
  readonly afterEach: readonly Hook[];
}

type Report = (event: SuiteEvent) => void;

async function runGroup(group: SuiteGroup, around: Surroundings, report: Report): Promise<void> {
  const within: Surroundings = {
    path: group.name === '' ? around.path : [...around.path, group.name],
    beforeEach: [...around.beforeEach, ...group.beforeEach],
    afterEach: [...group.afterEach, ...around.afterEach],
  };
  const prepared = await settle(() => runAll(group.before));
  if (prepared.kind === 'failed') {
    for (const test of testsOf(group, within.path)) report(failure(test, 0, prepared.error));
  } else {
    for (const member of group.members) {
      if (member.kind === 'group') await runGroup(member, within, report);
      else report(await runTest(member, within));
    }
  }
  const cleaned = await settle(() => runAll(group.after));
  if (cleaned.kind === 'failed') report(failure([...within.path, 'after'].join(' › '), 0, cleaned.error));
}

async function runTest(test: SuiteTest, { path, beforeEach, afterEach }: Surroundings): Promise<SuiteEvent> {
  const name = [...path, test.name].join(' › ');
  const began = performance.now();
  const outcome = await settle(async () => {
    try {
      await withTimeout(async (signal) => {
        await runAll(beforeEach);
        await test.body(signal);
      }, test.timeout);
    } finally {
      await withTimeout(() => runAll(afterEach), hookTimeout);
    }
  });
  const milliseconds = Math.round(performance.now() - began);
  return outcome.kind === 'failed' ? failure(name, milliseconds, outcome.error) : { kind: 'pass', name, milliseconds };
}

/** A test that never ends must not stop the others; its body gets a signal so that it can let go of what it holds. */
async function withTimeout(work: (signal: AbortSignal) => Promise<void>, milliseconds: number): Promise<void> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`did not end within ${milliseconds} ms`);
      controller.abort(reason);
      reject(reason);
    }, milliseconds);
  });
  try {
    await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

const hookTimeout = 60_000;

async function runAll(hooks: readonly Hook[]): Promise<void> {
  for (const hook of hooks) await hook();
}

type Settled = { readonly kind: 'ended' } | { readonly kind: 'failed'; readonly error: unknown };

async function settle(work: () => Promise<void>): Promise<Settled> {
  try {
    await work();
    return { kind: 'ended' };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function testsOf(group: SuiteGroup, path: readonly string[]): readonly string[] {
  return group.members.flatMap((member) =>
    member.kind === 'group' ? testsOf(member, [...path, member.name]) : [[...path, member.name].join(' › ')],
  );
}

function failure(name: string, milliseconds: number, error: unknown): SuiteEvent {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'fail', name, milliseconds, error: text };
}

/**
 * Collects tests that run inside VS Code's extension host, where Node's own test runner is out of place: it reports through
 * the process, and the process is the editor's.
 *
 * @example
 * describe('status bar', () => {
 *   it('names the model', async () => assert.equal(await label(), '…'));
 * });
 */
export function describe(name: string, define: () => void): void {
  const group = createGroup(name);
  current().members.push(group);
  open.push(group);
  try {
    define();
  } finally {
    open.pop();
  }
}

/**
 * One test. It fails when `body` throws, rejects, or has not ended after `timeout` milliseconds (30 seconds unless told);
 * the signal is aborted then.
 */
export function it(name: string, body: TestBody, { timeout = 30_000 }: { timeout?: number } = {}): void {
  current().members.push({ kind: 'test', name, body, timeout });
}

/** Runs once before the tests of the group at hand, the groups within included. */
export function before(hook: Hook): void {
  current().before.push(hook);
}

/** Runs once after them, whatever happened. */
export function after(hook: Hook): void {
  current().after.push(hook);
}

/** Runs before each test of the group at hand and of those within, outer groups first. */
export function beforeEach(hook: Hook): void {
  current().beforeEach.push(hook);
}

/** Runs after each such test, inner groups first. */
export function afterEach(hook: Hook): void {
  current().afterEach.push(hook);
}

export type TestBody = (signal: AbortSignal) => void | Promise<void>;
export type Hook = () => void | Promise<void>;

export interface SuiteTest {
  readonly kind: 'test';
  readonly name: string;
  readonly body: TestBody;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface SuiteGroup {
  readonly kind: 'group';
  readonly name: string;
  readonly members: (SuiteTest | SuiteGroup)[];
  readonly before: Hook[];
  readonly after: Hook[];
  readonly beforeEach: Hook[];
  readonly afterEach: Hook[];
}

/** Everything that the loaded files have declared. */
export const everything: SuiteGroup = createGroup('');
/** The groups being defined, the innermost last. */
const open: SuiteGroup[] = [everything];

function current(): SuiteGroup {
  return open.at(-1) ?? everything;
}

function createGroup(name: string): SuiteGroup {
  return { kind: 'group', name, members: [], before: [], after: [], beforeEach: [], afterEach: [] };
}

import type { InlineCompletion } from '../../../src/assistant/completeInline.ts';
import type { Ask } from '../../../src/assistant/completeInlinePorts.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import type { VirtualClock } from '../../support/virtualClock.ts';

/** What a person does: types, waits, takes a suggestion, goes elsewhere. `gap` gives the pause before each key. */
export type Op =
  | { readonly type: string }
  | { readonly pause: number; readonly id: string; readonly expect?: string }
  | { readonly tab: string }
  | { readonly rest: number }
  | { readonly go: string };

export type Pause = {
  readonly id: string;
  readonly kind: 'none' | 'fresh' | 'carried';
  readonly latency: number;
  readonly ghost: string;
  readonly right: boolean;
};

/** Milliseconds from a key to what the extension hears of it, and to the editor's own question. */
const heardMs = 4;
const askedMs = 45;

/**
 * An editor as far as inline completion sees it: it tells of each key, asks some 45 ms after it, cancels its question at the
 * next key, draws what comes back, and moves what it draws along while someone types just that.
 */
export function simulateEditor(
  clock: VirtualClock,
  completion: InlineCompletion,
  file: { uri: string; languageId: string; text: string; autoIndent: boolean },
) {
  let { text } = file;
  let cursor = 0;
  let version = 1;
  let ghost = '';
  let covers = 0;
  let question = new AbortController();
  let typed = 0;
  const events: { t: number; text: string }[] = [];
  const pauses: Pause[] = [];
  const tabs: { id: string; taken: string; nextMs: number }[] = [];
  let keyAt = 0;

  const draw = (next: string): void => {
    if (next === ghost) return;
    ghost = next;
    events.push({ t: clock.now(), text: next });
  };
  const ask = (): Ask => ({
    spot: {
      document: {
        uri: file.uri,
        display: file.uri.replace('file:///', ''),
        languageId: file.languageId,
        version,
        text: labelled(text, productLabel),
        indent: { tabs: false, size: 2 },
      },
      offset: cursor,
    },
    facts: { cursors: 1, hasSelection: false, aside: false },
    explicit: false,
    listOpen: false,
  });
  const askLater = (): void => {
    question.abort();
    const mine = (question = new AbortController());
    void clock.delay(askedMs, mine.signal).then(async () => {
      if (mine.signal.aborted) return;
      const offer = await completion.suggest(ask(), mine.signal);
      if (mine.signal.aborted) return;
      covers = offer?.covers ?? 0;
      draw(offer?.text ?? '');
    });
    void clock.delay(heardMs, mine.signal).then(() => mine.signal.aborted || completion.typed(ask()));
  };
  const insert = (added: string): void => {
    text = text.slice(0, cursor) + added + text.slice(cursor);
    cursor += added.length;
    version += 1;
    draw(ghost.startsWith(added) ? ghost.slice(added.length) : '');
    askLater();
  };
  /** Enter indents like the line before unless the trace says how. */
  const key = (char: string): void => {
    keyAt = clock.now();
    typed += 1;
    insert(
      char === '\n' && file.autoIndent
        ? `\n${indentAfter(text.slice(text.lastIndexOf('\n', cursor - 1) + 1, cursor))}`
        : char,
    );
  };

  /** The file is opened and looked at for a while. */
  async function open(): Promise<void> {
    completion.moved(ask());
    await clock.advanceTo(clock.now() + 2_000);
  }

  async function run(ops: readonly Op[], gap: () => number): Promise<void> {
    let due = clock.now() + 50;
    for (const op of ops) {
      if ('type' in op) {
        for (const char of op.type.match(/\n[ \t]*|[^]/g) ?? []) {
          await clock.advanceTo(due);
          key(char);
          due = clock.now() + gap();
        }
      } else if ('pause' in op) {
        const before = ghost;
        const since = keyAt;
        const was = [...events].reverse().find((event) => event.t < since)?.text ?? '';
        await clock.advanceTo(since + op.pause);
        pauses.push(measure(op, { was, since, before }));
        due = clock.now() + gap();
      } else if ('tab' in op) {
        const taken = ghost;
        typed += 1;
        const at = clock.now();
        if (taken !== '') {
          text = text.slice(0, cursor) + taken + text.slice(cursor + covers);
          cursor += taken.length;
          version += 1;
          keyAt = at;
          draw('');
          completion.accepted();
          askLater();
          const from = events.length;
          await clock.advanceTo(at + 400);
          const next = events.slice(from).find((event) => event.text !== '');
          tabs.push({ id: op.tab, taken, nextMs: next ? next.t - at : Infinity });
        } else tabs.push({ id: op.tab, taken, nextMs: Infinity });
        due = clock.now() + gap();
      } else if ('rest' in op) {
        await clock.advanceTo(clock.now() + op.rest);
        due = clock.now() + gap();
      } else {
        question.abort();
        draw('');
        cursor = text.indexOf(op.go) + op.go.length;
        completion.moved(ask());
        await clock.advanceTo(clock.now() + 400);
        due = clock.now() + 50;
      }
    }
  }

  function measure(
    op: { id: string; expect?: string },
    { was, since }: { was: string; since: number; before: string },
  ): Pause {
    const inside = events.filter((event) => event.t >= since);
    const lastEmpty = inside.map((event) => event.text === '').lastIndexOf(true);
    const right = op.expect === undefined || (ghost.trimStart().split('\n')[0] ?? '').trim() === op.expect.trim();
    if (ghost === '') return { id: op.id, kind: 'none', latency: Infinity, ghost, right: false };
    if (was !== '' && lastEmpty < 0) return { id: op.id, kind: 'carried', latency: 0, ghost, right };
    return { id: op.id, kind: 'fresh', latency: (inside[lastEmpty + 1]?.t ?? Infinity) - since, ghost, right };
  }

  return { open, run, events, pauses, tabs, typed: () => typed, text: () => text };
}

function indentAfter(line: string): string {
  const lead = /^[ \t]*/.exec(line)?.[0] ?? '';
  return /[{([:]$/.test(line.trimEnd()) ? `${lead}  ` : lead;
}

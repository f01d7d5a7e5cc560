import { press, type Page, type Session } from '../corpus/typing.ts';

/** What is written at one place without going elsewhere, and what stands around it then. */
export type Stretch = {
  /** The text before it, up to 200 characters. */
  readonly head: string;
  /** What is written in the end: slips of the finger left out. */
  readonly body: string;
  /** The text behind it. */
  readonly after: string;
};

/** A session's stretches in order; each `go` and each `select` begins one. */
export function stretchesOf({ before, keys }: Pick<Session, 'before' | 'keys'>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let page: Page = { text: before, cursor: 0 };
  let start = 0;
  const end = ({ text, cursor }: Page): void => {
    const head = text.slice(Math.max(0, start - 200), start);
    stretches.push({ head, body: text.slice(start, cursor), after: text.slice(cursor) });
  };
  for (const [at, key] of keys.entries()) {
    const leaves = typeof key === 'object' && ('go' in key || 'select' in key);
    if (leaves && at > 0) end(page);
    page = press(page, key);
    start = leaves ? page.cursor : Math.min(start, page.cursor);
  }
  end(page);
  return stretches;
}

/** What of a stretch stands in the text before the cursor; undefined if its beginning is not there. */
export function typedOf({ head, body }: Pick<Stretch, 'head' | 'body'>, before: string): string | undefined {
  // An empty head is the beginning of the file.
  const at = head === '' ? 0 : before.lastIndexOf(head);
  if (at >= 0) return before.slice(at + head.length);
  // A window that begins behind the head: where it ends tells how much of the body is there.
  const end = before.slice(-60);
  const found = body.indexOf(end);
  return end === '' || found < 0 ? undefined : body.slice(0, found + end.length);
}

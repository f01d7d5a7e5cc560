import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** How one file of one commit was typed, as recordTyping.mjs beside this file wrote it. */
export type Session = {
  readonly language: string;
  readonly commit: string;
  readonly path: string;
  /** The file before. */
  readonly before: string;
  /** Files that it imports. */
  readonly open: readonly { readonly path: string; readonly text: string }[];
  /** Of the rhythm between the keys. */
  readonly seed: number;
  readonly keys: readonly Key[];
};

/** Lines and columns count from zero; `select` deletes what it selects; pauses are milliseconds. */
export type Key =
  | string
  | { readonly go: readonly [line: number, column: number] }
  | { readonly select: readonly [fromLine: number, fromColumn: number, toLine: number, toColumn: number] }
  | { readonly back: number }
  | { readonly paste: string }
  | { readonly pause: number };

/** Reads every recorded session, or those of some languages. */
export function loadSessions(languages?: readonly string[]): readonly Session[] {
  const folder = 'test/bench/corpus/typing';
  const sessions = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => sessionsOf(readFileSync(path.join(folder, file), 'utf8'), file))
    .filter(({ language }) => !languages || languages.includes(language));
  if (sessions.length === 0) throw new Error(`No session in ${folder}. Record some with recordTyping.mjs.`);
  return sessions;
}

/** A text, and where one writes in it. */
export type Page = { readonly text: string; readonly cursor: number };

/** What a key, or keys at once, make of a page. */
export function press({ text, cursor }: Page, key: Key): Page {
  if (typeof key === 'string') return { text: text.slice(0, cursor) + key + text.slice(cursor), cursor: cursor + key.length };
  if ('paste' in key) return press({ text, cursor }, key.paste);
  if ('back' in key) return { text: text.slice(0, cursor - key.back) + text.slice(cursor), cursor: cursor - key.back };
  if ('pause' in key) return { text, cursor };
  if ('go' in key) return { text, cursor: offsetIn(text, key.go) };
  const [line, column, toLine, toColumn] = key.select;
  const from = offsetIn(text, [line, column]);
  return { text: text.slice(0, from) + text.slice(offsetIn(text, [toLine, toColumn])), cursor: from };
}

/** What a session's file is in the end. */
export function endOf({ before, keys }: Pick<Session, 'before' | 'keys'>): string {
  let page: Page = { text: before, cursor: 0 };
  for (const key of keys) page = press(page, key);
  return page.text;
}

/** The single keys of a text: Enter brings the indentation along. */
export function singleKeys(text: string): readonly string[] {
  return text.match(/\n[ \t]*|[^]/g) ?? [];
}

/** The place of a line and a column in a text. */
export function offsetIn(text: string, [line, column]: readonly [number, number]): number {
  let start = 0;
  for (let at = 0; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return start + column;
}

type Recording = {
  readonly language: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly sessions: readonly Omit<Session, 'language'>[];
};

function sessionsOf(json: string, file: string): readonly Session[] {
  const value: unknown = JSON.parse(json);
  if (!isRecording(value)) throw new Error(`${file} is no recording: language, texts and sessions are needed.`);
  const text = (id: string): string => {
    const found = value.texts[id];
    if (found === undefined) throw new Error(`${file} lacks the text ${id}.`);
    return found;
  };
  return value.sessions.map((session) => ({
    ...session,
    language: value.language,
    before: text(session.before),
    open: session.open.map((one) => ({ path: one.path, text: text(one.text) })),
  }));
}

function isRecording(value: unknown): value is Recording {
  if (typeof value !== 'object' || value === null) return false;
  return ['origin', 'licence', 'language', 'texts', 'sessions'].every((key) => key in value);
}

import { indentOf } from './indentOf.ts';

/**
 * For each line whether a piece may begin there, judged by the shape of the lines: not within parentheses or square
 * brackets (unless in a block that stands there), not within a comment or a text of several lines, not where a statement
 * goes on, and not between a comment or an annotation and what it is about.
 */
export function plainBorders(lines: readonly string[]): readonly boolean[] {
  const borders: boolean[] = [];
  let within: Within = { open: [], fence: '' };
  let attached = false;
  for (const line of lines) {
    const says = line.trim() !== '';
    within = { ...within, open: stillOpen(line, within) };
    const inside = within.open.at(-1)?.bracket ?? '{';
    borders.push(inside === '{' && within.fence === '' && !(attached && says) && !continued.test(line));
    const closing = within.fence === '*/' && /\*\/\s*$/.test(line);
    within = after(line, within);
    attached = within.fence === '' && (closing || annotation.test(line) || comment.test(line));
  }
  return borders;
}

/** What is open: brackets, the outermost first, each with how far its line is indented; and what ends a comment or text. */
type Within = { readonly open: readonly Opened[]; readonly fence: string };
type Opened = { readonly bracket: string; readonly indent: number };

/** Goes on with the statement above it. */
const continued = /^\s+(?:\??\.\w+[(?!.<]|&&|\|\||[?:+*/%|]\s|=>)/;

const annotation = /^\s*(?:@[\w.]+(?:\(.*\))?|#!?\[.*\]|\[[A-Z][\w.]*(?:\(.*\))?\])\s*$/;
const comment =
  /^\s*(?:\/\/|\*|\/\*.*\*\/\s*$|--\s|#(?!\[|!\[|\s*(?:include|define|undef|if|ifdef|ifndef|el\w+|endif|pragma|error|region|import)\b))/;

const tokens = /"""|'''|\/\*|\*\/|\/\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[`([{\])}]|(?<=^|\s)#.*$/g;
const fences: ReadonlyMap<string, string> = new Map([
  ['/*', '*/'],
  ['"""', '"""'],
  ["'''", "'''"],
  ['`', '`'],
]);

/** What begins with a word no further to the right than a bracket's own line stands behind it: the bracket was misread. */
function stillOpen(line: string, { open, fence }: Within): readonly Opened[] {
  if (fence !== '' || !/^\s*[\p{L}_@]/u.test(line)) return open;
  const indent = indentOf(line);
  const last = open.findLastIndex((opened) => opened.indent < indent);
  return open.slice(0, last + 1);
}

function after(line: string, before: Within): Within {
  const indent = indentOf(line);
  let { fence } = before;
  const open = [...before.open];
  for (const [token] of line.slice(0, longestLine).matchAll(tokens)) {
    if (fence !== '') {
      if (token === fence) fence = '';
    } else if (token === '//') break;
    else if (closers.has(token)) open.pop();
    else if (openers.has(token)) {
      if (open.length < deepest) open.push({ bracket: token, indent });
    } else fence = fences.get(token) ?? '';
  }
  return { open, fence };
}

const openers: ReadonlySet<string> = new Set('([{');
const closers: ReadonlySet<string> = new Set(')]}');

/** Brackets that are followed inwards, and units of a line that are looked at: beyond, it is data. */
const deepest = 64;
const longestLine = 2_000;

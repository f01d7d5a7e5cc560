import { indentOf } from './indentOf.ts';
import { keywords } from './words.ts';

/** A name that a file gives to something, and the lines that say what it is. */
export type Definition = {
  readonly name: string;
  /** Lines counted from zero; `end` is the first line no longer part of it. */
  readonly start: number;
  readonly end: number;
  /** Where the head (the signature) ends. */
  readonly head: number;
};

/** Finds what a file defines by the shape of its lines. Local names deep inside functions are left out. */
export function definitionsIn(lines: readonly string[]): readonly Definition[] {
  const found: Definition[] = [];
  for (const [start, line] of lines.entries()) {
    const name = line.length > longestLine ? undefined : nameIn(line);
    if (!name) continue;
    const end = endOf(lines, start);
    found.push({ name, start, end, head: headEnd(lines, start, end) });
  }
  return found;
}

const longestLine = 400;
const longestHead = 6;
const longestBody = 400;

const modifiers =
  'export|default|public|private|protected|internal|static|abstract|final|async|unsafe|extern|inline|declare|override|' +
  'open|sealed|partial|virtual|pub(?:\\([^)]*\\))?|data|suspend|constexpr';
const words =
  'function\\*?|class|interface|type|enum|struct|trait|union|def|fn|func|module|namespace|mod|record|protocol|' +
  'typedef\\s+struct|macro_rules!|CREATE\\s+TABLE';
const byWord = new RegExp(
  `^\\s*(?:(?:${modifiers})\\s+)*(?:${words})\\s+(?:\\([^)]*\\)\\s*)?(?:self\\.)?([\\p{L}_$][\\w$]*)`,
  'u',
);
const implementation = /^\s*impl(?:<[^>]*>)?\s+(?:[\w:<>, ]+\s+for\s+)?([A-Za-z_]\w*)/;
const macro = /^\s*#\s*define\s+(\w+)/;
const constant = new RegExp(
  `^(?:(?:export|pub|default)\\s+)*(?:const|let|var|val|static(?=\\s+(?:mut\\s+)?[A-Z_]+:))\\s+(?:mut\\s+)?([\\p{L}_$][\\w$]*)`,
  'u',
);
const assigned = /^([A-Za-z_]\w*)\s*(?::[^=]+)?=\s*\S/;
const method =
  /^\s{1,8}(?:(?:async|static|get|set|readonly|\*)\s*)*#?([A-Za-z_$][\w$]*)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::\s*[^{=]+)?\{\s*$/;
const statement =
  /^\s*(?:\}\s*)?(?:return|if|else|for|while|switch|case|throw|new|delete|await|yield|catch|do|try|assert|print|raise|with|elif|except|match|go|defer|select)\b/;

function nameIn(line: string): string | undefined {
  const direct = byWord.exec(line) ?? implementation.exec(line) ?? macro.exec(line) ?? constant.exec(line);
  if (direct) return direct[1];
  if (statement.test(line)) return undefined;
  const name = (assigned.exec(line) ?? method.exec(line))?.[1] ?? typedName(line);
  return name !== undefined && !keywords.has(name) ? name : undefined;
}

/**
 * A type, then a name and a parenthesis, as C and its kin write functions. Step by step, for one pattern for all of it would
 * take exponential time on some lines.
 */
function typedName(line: string): string | undefined {
  const open = line.indexOf('(');
  if (open < 3 || !/(?:\)\s*(?:const|throws [\w., ]+)?\s*[{;]?|,)\s*$/.test(line)) return undefined;
  const head = line.slice(0, open).trimEnd();
  if (!/^[\s\w<>[\],.*&:~@?]+$/.test(head) || line.length - line.trimStart().length > 8) return undefined;
  const name = /(\w+)$/.exec(head)?.[1];
  const before = head.slice(0, head.length - (name?.length ?? 0)).trim();
  return name && /[\w>\]*&]$/.test(before) && /^[A-Za-z_]/.test(name) ? name : undefined;
}

/** By brackets where the head opens one, else by indentation. */
function endOf(lines: readonly string[], start: number): number {
  const last = Math.min(lines.length, start + longestBody);
  let depth = 0;
  for (let at = start; at < last; at += 1) {
    depth += balanceOf(lines[at] ?? '');
    if (depth <= 0 && (at > start || /[};)]\s*$/.test(lines[at] ?? ''))) return at + 1;
    if (depth <= 0 && at === start && !opensBelow(lines, start)) return at + 1;
    if (depth <= 0 && at === start) return endByIndent(lines, start, last);
  }
  return last;
}

function balanceOf(line: string): number {
  let balance = 0;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '{' || char === '(' || char === '[') balance += 1;
    if (char === '}' || char === ')' || char === ']') balance -= 1;
  }
  return balance;
}

function opensBelow(lines: readonly string[], start: number): boolean {
  const next = lines[start + 1] ?? '';
  return next.trim() !== '' && (indentOf(next) > indentOf(lines[start] ?? '') || /^\s*\{/.test(next));
}

function endByIndent(lines: readonly string[], start: number, last: number): number {
  const own = indentOf(lines[start] ?? '');
  let end = start + 1;
  for (let at = start + 1; at < last; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= own && !/^\s*[{})\]]/.test(line)) break;
    end = at + 1;
    if (indentOf(line) <= own && /^\s*[})\]]/.test(line)) break;
  }
  return end;
}

/** The head ends where the body's bracket or colon stands, or after a few lines. */
function headEnd(lines: readonly string[], start: number, end: number): number {
  for (let at = start; at < Math.min(end, start + longestHead); at += 1) {
    if (/[{:;=]\s*$|=>\s*$|\{/.test(lines[at] ?? '')) return at + 1;
  }
  return start + 1;
}

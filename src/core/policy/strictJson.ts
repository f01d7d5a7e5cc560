import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Reporter } from './reporter.ts';

export type JsonNode = Node;

export const jsonLimits = { bytes: 256 * 1024, depth: 16 } as const;

/**
 * Parses JSON with comments and nothing else: no trailing comma, no repeated or magic key, no second value, no deep nesting,
 * no byte order mark. Returns undefined after reporting at least one problem.
 */
export function parseStrictJson(text: string, reporter: Reporter): JsonNode | undefined {
  const size = new TextEncoder().encode(text).length;
  if (size > jsonLimits.bytes) {
    reporter.report(
      { offset: 0, length: 1 },
      `This file has ${size} bytes; at most ${jsonLimits.bytes} are read. Split it into nested policy files.`,
    );
    return undefined;
  }
  if (text.startsWith('\uFEFF')) {
    reporter.report({ offset: 0, length: 1 }, 'The file begins with a byte order mark. Save it as UTF-8 without BOM.');
    return undefined;
  }
  if (reportTokens(text, reporter)) return undefined;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false, allowEmptyContent: false });
  for (const error of errors) reporter.report(error, syntaxMessage(text, error));
  if (errors.length > 0) return undefined;
  if (!tree) return undefined;
  return reportKeys(tree, reporter) ? undefined : tree;
}

/** Nesting is counted on the tokens, before the parser, which recurses, sees it. True where a problem was reported. */
function reportTokens(text: string, reporter: Reporter): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  let empty = true;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    empty = false;
    if (kind === token.openBrace || kind === token.openBracket) depth++;
    if (kind === token.closeBrace || kind === token.closeBracket) depth--;
    if (depth > jsonLimits.depth) {
      reporter.report(
        { offset: scanner.getTokenOffset(), length: 1 },
        `Nested more than ${jsonLimits.depth} levels deep. A policy needs four.`,
      );
      return true;
    }
  }
  if (empty) {
    const message = 'The file is empty. Run "Ringfence: Create Policy File", or write { "version": 1 }.';
    reporter.report({ offset: 0, length: 1 }, message);
  }
  return empty;
}

// The scanner's own names are const enums, which a compiler that sees one file at a time cannot read.
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

function reportKeys(root: JsonNode, reporter: Reporter): boolean {
  let found = false;
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const seen = new Set<string>();
    for (const child of node.children ?? []) {
      open.push(child);
      const key = child.type === 'property' ? child.children?.[0] : undefined;
      const name: unknown = key?.value;
      if (!key || typeof name !== 'string') continue;
      if (seen.has(name)) reporter.report(key, `"${name}" stands twice in this object. Keep one.`);
      if (magicKeys.has(name)) reporter.report(key, `"${name}" is not a key of a policy. Remove it.`);
      found ||= seen.has(name) || magicKeys.has(name);
      seen.add(name);
    }
  }
  return found;
}

const magicKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function syntaxMessage(text: string, error: ParseError): string {
  const code = printParseErrorCode(error.error);
  if ((code === 'PropertyNameExpected' || code === 'ValueExpected') && /^[\]}]/.test(text.slice(error.offset))) {
    return 'Remove the comma before this closing bracket, or add what should follow it.';
  }
  return messages[code] ?? 'This is not valid JSON with comments.';
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON. Text needs double quotes.',
  InvalidNumberFormat: 'This is not a number that JSON knows. Write it as 12 or 12.5.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected between a key and its value.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'The closing } is missing.',
  CloseBracketExpected: 'The closing ] is missing.',
  EndOfFileExpected: 'The policy ends before this. Remove what follows its last }.',
  InvalidCommentToken: 'Comments begin with // or stand between /* and */.',
  UnexpectedEndOfComment: 'This comment is never closed. Add */.',
  UnexpectedEndOfString: 'This text is never closed. Add the second double quote.',
  UnexpectedEndOfNumber: 'This number breaks off. Finish it.',
  InvalidUnicode: 'After \\u four hexadecimal digits are expected.',
  InvalidEscapeCharacter: 'A backslash has to be followed by one of " \\ / b f n r t u.',
  InvalidCharacter: 'A control character cannot stand in text. Remove it.',
};

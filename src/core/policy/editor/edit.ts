import { createScanner } from 'jsonc-parser';
import type { Place } from '../reporter.ts';
import type { JsonNode } from '../strictJson.ts';

/** Replaces what stands at a place. Several edits of one text do not overlap. */
export type TextEdit = Place & { readonly text: string };

/** Applies edits that were made for this very text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length), text);
}

/**
 * Adds an item at the end of an object or a list: on a line of its own where the others have one. Comments stay where they
 * are. `item` is written without indentation; its further lines are indented like its first.
 */
export function appendItem(text: string, container: JsonNode, item: string): readonly TextEdit[] {
  const items = container.children ?? [];
  const last = items.at(-1);
  const close = container.offset + container.length - 1;
  if (text.charAt(close) !== closing[container.type]) return [];
  const inside = text.slice(last ? last.offset + last.length : container.offset + 1, close);
  const comma = last && !/^\s*,/.test(withoutComments(inside)) ? [{ offset: endOf(last), length: 0, text: ',' }] : [];
  const at = close - (/\s*$/.exec(inside)?.[0].length ?? 0);
  if (last && !text.slice(container.offset, close).includes('\n')) {
    return atOnePlace([...comma, { offset: at, length: 0, text: ` ${item}` }]);
  }
  const { unit, eol } = styleOf(text);
  const outer = indentAt(text, container.offset);
  const inner = last ? indentAt(text, last.offset) : outer + unit;
  const closed = inside.slice(at - close + inside.length).includes('\n') ? '' : eol + outer;
  return atOnePlace([
    ...comma,
    { offset: at, length: 0, text: eol + inner + item.replaceAll('\n', eol + inner) + closed },
  ]);
}

/** Takes an item out of an object or a list, with its comma and with the comment behind it on its line. */
export function removeItem(text: string, container: JsonNode, item: JsonNode): readonly TextEdit[] {
  const items = container.children ?? [];
  const index = items.indexOf(item);
  const before = items[index - 1];
  const comma = commaAfter(text, endOf(item));
  const lineEnd = comma === undefined ? endOf(item) : comma + 1;
  const behind =
    /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r|\n|$)/.exec(text.slice(lineEnd))?.[0].length ?? 0;
  const lead = /(?:\r\n|\n|\r)?[ \t]*$/.exec(text.slice(0, item.offset))?.[0].length ?? 0;
  const ownLine = /^[\r\n]/.test(text.slice(item.offset - lead)) && /^(?:\r|\n|$)/.test(text.slice(lineEnd + behind));
  const last = comma === undefined;
  const start = ownLine || (last && before) ? item.offset - lead : item.offset;
  const end = ownLine ? lineEnd + behind : last ? lineEnd : lineEnd + spaceAt(text, lineEnd);
  const removed = { offset: start, length: end - start, text: '' };
  const commaBefore = last && before ? commaAfter(text, endOf(before)) : undefined;
  return commaBefore === undefined ? [removed] : [{ offset: commaBefore, length: 1, text: '' }, removed];
}

/** How the text is indented, and how its lines end. */
export function styleOf(text: string): { readonly unit: string; readonly eol: string } {
  return {
    unit: /^(?:\t| {2,8})(?=\S)/m.exec(text)?.[0] ?? '  ',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

const closing: Readonly<Record<string, string>> = { object: '}', array: ']' };

function endOf(node: JsonNode): number {
  return node.offset + node.length;
}

/** Edits at the same offset become one, in their order. */
function atOnePlace(edits: readonly TextEdit[]): readonly TextEdit[] {
  const [first, second] = edits;
  return first && second && first.offset === second.offset
    ? [{ offset: first.offset, length: 0, text: first.text + second.text }]
    : edits;
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function spaceAt(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, '');
}

/** Where the comma stands that follows an item, comments skipped. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  const kind: number = scanner.scan();
  return kind === comma ? scanner.getTokenOffset() : undefined;
}

// The scanner's own name is a const enum, which a compiler that sees one file at a time cannot read.
const comma = 5;

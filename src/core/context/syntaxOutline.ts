import type { Definition } from './definitions.ts';
import type { Outline } from './outline.ts';
import { syntaxBorders } from './syntaxBorders.ts';
import { allHead, declaring, defining, holding, holdingBlock } from './syntaxKinds.ts';
import { childrenOf, lastRow, type SyntaxNode } from './syntaxNode.ts';

/** Reads definitions and borders out of a syntax tree; `lines` are those of the text it was made from. */
export function syntaxOutline(root: SyntaxNode, lines: readonly string[]): Outline {
  const definitions: Definition[] = [];
  const collect = (node: SyntaxNode): void => {
    for (const child of childrenOf(node)) {
      definitions.push(...definitionsOf(child, node, lines));
      if (holding.has(child.type) || (child.type.endsWith('block') && holdingBlock.has(node.type))) collect(child);
    }
  };
  collect(root);
  return { definitions, borders: syntaxBorders(root, lines.length) };
}

function definitionsOf(node: SyntaxNode, within: SyntaxNode, lines: readonly string[]): readonly Definition[] {
  if (declaring.has(node.type)) return childrenOf(node).flatMap((part) => named(part, node, lines));
  if (defining.has(node.type)) return named(node, node, lines);
  // As Python assigns a constant: `name = …`, at the left edge.
  const [first] = node.type === 'expression_statement' && within.type === 'module' ? childrenOf(node) : [];
  return first?.type === 'assignment' ? named(first, node, lines) : [];
}

/** The definition that a node makes; `whole` is the statement that it makes it with. */
function named(node: SyntaxNode, whole: SyntaxNode, lines: readonly string[]): readonly Definition[] {
  const name = nameOf(node);
  if (name === undefined) return [];
  const start = ownRow(whole);
  const end = Math.min(lines.length, lastRow(whole) + 1);
  const most = Math.min(end, start + longestHead);
  return [{ name, start, end, head: Math.min(most, Math.max(start + 1, headEnd(node, start, lines))) }];
}

const longestHead = 8;

function nameOf(node: SyntaxNode): string | undefined {
  const name = node.childForFieldName('name') ?? node.childForFieldName('left') ?? node.childForFieldName('type');
  const text = name?.text ?? '';
  if (text.length > longestName) return undefined;
  return /^#?[\p{L}_$][\w$]*[?!]?$/u.test(text) ? text.replace('#', '') : /^[\w:]*?(\w+)\s*</.exec(text)?.[1];
}

/** A longer one is a name that nobody writes by hand, and could be made to take long to read. */
const longestName = 200;

/** The row where a definition itself begins: what is noted about it stands above. */
function ownRow(node: SyntaxNode): number {
  const [first] = childrenOf(node);
  if (first?.type === 'modifiers') return lastRow(first);
  const own = childrenOf(node).find(({ type }) => type !== 'decorator' && type !== 'attribute_list');
  return first !== own && own ? own.startPosition.row : node.startPosition.row;
}

/** The row behind the signature: behind the line that opens the body, or before the body where it stands by itself. */
function headEnd(node: SyntaxNode, start: number, lines: readonly string[]): number {
  if (allHead.has(node.type)) return lastRow(node) + 1;
  const body = node.childForFieldName('body') ?? node.childForFieldName('value')?.childForFieldName('body');
  if (!body) return start + 1;
  const { row, column } = body.startPosition;
  return lines[row]?.charAt(column) === '{' ? row + 1 : row;
}

import { createScanner, parseTree } from 'jsonc-parser';
import { jsonLimits, type JsonNode } from '../strictJson.ts';

/**
 * The tree of a policy as it is being typed: what can be made out in spite of errors. Undefined for what is too large or too
 * deep to be looked at between two keys.
 */
export function readTree(text: string): JsonNode | undefined {
  if (text.length > jsonLimits.bytes || isDeep(text)) return undefined;
  return parseTree(text, [], { allowTrailingComma: true });
}

/** The value of a key, if the node is an object that has it. */
export function valueOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return propertyOf(node, key)?.children?.[1];
}

/** The key and the value together. */
export function propertyOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.type === 'object' ? node.children?.find((property) => keyOf(property) === key) : undefined;
}

/** The key of a property; undefined for any other node. */
export function keyOf(property: JsonNode): string | undefined {
  const key: unknown = property.type === 'property' ? property.children?.[0]?.value : undefined;
  return typeof key === 'string' ? key : undefined;
}

/** The text of a string node; undefined for any other node. */
export function textOf(node: JsonNode | undefined): string | undefined {
  const value: unknown = node?.type === 'string' ? node.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function isDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (kind === token.openBrace || kind === token.openBracket) depth++;
    if (kind === token.closeBrace || kind === token.closeBracket) depth--;
    if (depth > jsonLimits.depth) return true;
  }
  return false;
}

// The scanner's own names are const enums, which a compiler that sees one file at a time cannot read.
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 } as const;

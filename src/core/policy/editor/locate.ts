import type { Place } from '../reporter.ts';
import type { JsonNode } from '../strictJson.ts';
import type { Path } from './grammar.ts';
import { keyOf } from './tree.ts';

/** A node and the way to it. A property is found by its key or by what stands between key and value. */
export type Located = { readonly node: JsonNode; readonly path: Path; readonly parents: readonly JsonNode[] };

/** The innermost node that covers a place. */
export function locate(root: JsonNode | undefined, place: Place): Located | undefined {
  if (!root || !surrounds(root, place)) return undefined;
  let found: Located = { node: root, path: [], parents: [] };
  for (;;) {
    const { node, path, parents } = found;
    const index = (node.children ?? []).findIndex((child) => surrounds(child, place));
    const child = node.children?.[index];
    if (!child) return found;
    const step = node.type === 'array' ? [index] : node.type === 'property' && index === 1 ? [keyOf(node) ?? ''] : [];
    found = { node: child, path: [...path, ...step], parents: [...parents, node] };
  }
}

function surrounds(node: Place, { offset, length }: Place): boolean {
  return node.offset <= offset && offset + length <= node.offset + node.length;
}

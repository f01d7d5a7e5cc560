/** A node of a syntax tree, as tree-sitter gives it. Rows and columns count from zero; columns are UTF-16 units. */
export type SyntaxNode = {
  readonly type: string;
  readonly text: string;
  readonly startPosition: SyntaxPoint;
  readonly endPosition: SyntaxPoint;
  readonly namedChildren: readonly (SyntaxNode | null)[];
  readonly childForFieldName: (name: string) => SyntaxNode | null;
};

type SyntaxPoint = { readonly row: number; readonly column: number };

/** The last row that something of a node stands in: one that ends with a line end does not reach into the next line. */
export function lastRow({ startPosition, endPosition }: SyntaxNode): number {
  return endPosition.column === 0 ? Math.max(startPosition.row, endPosition.row - 1) : endPosition.row;
}

/** The named children. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren.filter((child) => child !== null);
}

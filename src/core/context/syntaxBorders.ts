import { leading, separable } from './syntaxKinds.ts';
import { childrenOf, lastRow, type SyntaxNode } from './syntaxNode.ts';

/**
 * For each line whether a piece may begin there: the innermost node around the line end before it has parts that stand for
 * themselves, and what stands above is no comment or annotation of what comes.
 */
export function syntaxBorders(root: SyntaxNode, lineCount: number): readonly boolean[] {
  const borders = Array.from({ length: lineCount }, () => true);
  const paint = (node: SyntaxNode): void => {
    const last = lastRow(node);
    if (last === node.startPosition.row) return;
    borders.fill(separable.has(node.type), node.startPosition.row + 1, last + 1);
    let above: SyntaxNode | undefined;
    for (const child of childrenOf(node)) {
      const { row } = child.startPosition;
      if (above && leading.has(above.type) && row === lastRow(above) + 1) borders[row] = false;
      paint(child);
      above = child;
    }
  };
  paint(root);
  return borders;
}

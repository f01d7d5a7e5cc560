import { element } from './element.ts';

/**
 * A text as nodes in which nothing hides: characters that draw nothing or turn the reading order stand there by their code
 * points.
 */
export function visibleText(text: string): readonly Node[] {
  return text.split(hidden).map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    const code = (piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return element('span', { class: 'hidden-character' }, `U+${code}`);
  });
}

/** Controls but tab and line ends, marks of direction, format, line and paragraph; captured, so that `split` keeps them. */
const hidden = /(\r(?!\n)|[^\P{C}\t\r\n]|[\p{Zl}\p{Zp}])/u;

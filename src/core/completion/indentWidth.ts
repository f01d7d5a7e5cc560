/** Columns that the white space at the start of a line takes. */
export function indentWidth(line: string, size: number): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width += 1;
    else if (char === '\t') width += size - (width % size);
    else break;
  }
  return width;
}

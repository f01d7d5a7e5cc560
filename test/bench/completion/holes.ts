import type { Hole } from '../../core/completion/fixtures/samples.ts';

/** Holes cut into a source file: the rest of a line after a word, and the body of a block. Same seed, same holes. */
export function cutHoles(
  text: string,
  language: { readonly languageId: string; readonly size: number; readonly tabs?: boolean },
  every: number,
): readonly Hole[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if ((index * 7919) % every !== 0 || line.trim() === '') return [];
    const start = lines.slice(0, index).reduce((sum, before) => sum + before.length + 1, 0);
    const hole = (from: number, to: number, name: string): Hole => ({
      name: `${name} at line ${index + 1}`,
      sample: { ...language, text },
      text: `${text.slice(0, from)}█${text.slice(to)}`,
      middle: text.slice(from, to),
    });
    const holes: Hole[] = [];
    const words = [...line.matchAll(/\b\w+\b/g)].map((match) => match.index);
    const column = words[(index * 31) % Math.max(1, words.length)];
    if (column !== undefined && column > 0 && line.slice(column).trim().length > 2)
      holes.push(hole(start + column, start + line.trimEnd().length, 'line'));
    const end = bodyEnd(lines, index);
    if (end !== undefined) {
      const bodyStart = start + line.length + 1 + (/^\s*/.exec(lines[index + 1] ?? '')?.[0].length ?? 0);
      const bodyLength =
        lines.slice(index + 1, end).join('\n').length - (/^\s*/.exec(lines[index + 1] ?? '')?.[0].length ?? 0);
      holes.push(hole(bodyStart, bodyStart + bodyLength, 'body'));
    }
    return holes;
  });
}

/** The first line after the body that a line opens, if that body is of two to eight lines without a blank one. */
function bodyEnd(lines: readonly string[], index: number): number | undefined {
  const width = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
  const line = lines[index] ?? '';
  const next = lines[index + 1] ?? '';
  if (!/[{:]$/.test(line.trimEnd()) || width(next) <= width(line) || next.trim() === '') return undefined;
  const end = lines.findIndex(
    (candidate, at) => at > index && (candidate.trim() === '' || width(candidate) <= width(line)),
  );
  return end - index > 2 && end - index < 10 && (lines[end] ?? '').trim() !== '' ? end : undefined;
}

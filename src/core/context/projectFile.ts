import type { DocumentSnapshot } from '../completion/documentSnapshot.ts';
import { reveal } from '../label/labelled.ts';
import type { LineRange } from '../label/provenance.ts';
import type { Definition } from './definitions.ts';
import { importsOf, withoutExtension, type ImportTarget } from './imports.ts';
import { plainOutline, type Outliner } from './outline.ts';
import { piecesOf } from './pieces.ts';
import { identifiersOf } from './words.ts';

/** A file as context is collected from it. */
export type SourceFile = Pick<DocumentSnapshot, 'uri' | 'display' | 'languageId' | 'text'>;

/** What is known of a file before it is needed. */
export type ProjectFile = {
  readonly source: SourceFile;
  /** Offset of each line in the text; one more at the end, where a further line would begin. */
  readonly lineStarts: readonly number[];
  /** `display` without its extension. */
  readonly path: string;
  readonly imports: readonly ImportTarget[];
  readonly definitions: readonly Definition[];
  readonly pieces: readonly LineRange[];
  /** The identifiers of each piece, each once. */
  readonly pieceWords: readonly ReadonlySet<string>[];
};

/** Reads a file, by its syntax where that is known. Some milliseconds for a thousand lines; for idle times, not for keys. */
export function readProjectFile(source: SourceFile, outliner: Outliner): ProjectFile {
  const text = reveal(source.text);
  const lines = text.split('\n');
  const lineStarts = [0];
  for (const line of lines) lineStarts.push((lineStarts.at(-1) ?? 0) + line.length + 1);
  const outline = outliner(text, source.languageId) ?? plainOutline(lines);
  const pieces = piecesOf(lines, outline);
  const pieceWords = pieces.map(
    ({ start, end }) => new Set(identifiersOf(text.slice(lineStarts[start], lineStarts[end]))),
  );
  const path = withoutExtension(source.display);
  const { definitions } = outline;
  return { source, path, lineStarts, imports: importsOf(text, source.display), definitions, pieces, pieceWords };
}

/** The text of some lines, with their line ends. */
export function textOf({ source, lineStarts }: ProjectFile, { start, end }: LineRange): string {
  const text = reveal(source.text).slice(lineStarts[start], lineStarts[end]);
  return text.endsWith('\n') ? text : `${text}\n`;
}

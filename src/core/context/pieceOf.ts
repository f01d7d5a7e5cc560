import { labelled, labelOf, type Label } from '../label/labelled.ts';
import type { LineRange } from '../label/provenance.ts';
import type { ContextPiece } from '../prompt/completionPrompt.ts';
import type { Candidate } from './candidates.ts';
import { textOf } from './projectFile.ts';

/** A chosen candidate as a piece of a prompt: its lines as they are, under the label of its file, with the lines named. */
export function pieceOf({ file, ranges }: Candidate): ContextPiece {
  const range = { start: ranges[0]?.start ?? 0, end: ranges.at(-1)?.end ?? 0 };
  const text = ranges.map((lines) => textOf(file, lines)).join('');
  return {
    title: `${file.source.display}:${range.start + 1}-${range.end}`,
    text: labelled(text, narrowed(file.source.text.label, range)),
  };
}

/** The same label, saying which lines of the file the text is. */
function narrowed(label: Label, range: LineRange): Label {
  return labelOf(
    label.origins.map((origin) =>
      origin.provenance.kind === 'file' ? { ...origin, provenance: { ...origin.provenance, range } } : origin,
    ),
  );
}

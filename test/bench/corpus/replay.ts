import type { Edit, Trace } from './traces.ts';

/** One line a developer is about to write, in the state of the project at that moment. */
export type Moment = {
  readonly commit: number;
  readonly path: string;
  /** Lines above, finished. */
  readonly above: readonly string[];
  /** What will be written. */
  readonly line: string;
  /** Lines below that stand there already. */
  readonly below: readonly string[];
};

export type Replay = {
  /** Told whenever a file has a new text. */
  readonly wrote: (path: string, text: string) => void;
  /** Asked at each line that a commit adds, before it is written. */
  readonly about: (moment: Moment) => void;
  /** Most lines of one commit to ask about; the rest is written without asking. */
  readonly linesPerCommit: number;
};

/** Plays a trace from its first commit to its last: every added line from top to bottom, as if it were typed. */
export function replay(trace: Trace, { wrote, about, linesPerCommit }: Replay): void {
  const texts = new Map(Object.entries(trace.files));
  for (const [path, text] of texts) wrote(path, text);
  for (const [commit, { changes }] of trace.commits.entries()) {
    let left = linesPerCommit;
    for (const { path, edits } of changes) {
      const lines = (texts.get(path) ?? '').split('\n');
      for (const { edit, at } of fromTheTop(edits)) {
        if (edit.remove > 0) {
          lines.splice(at, edit.remove);
          wrote(path, lines.join('\n'));
        }
        for (const [offset, line] of edit.insert.entries()) {
          if (line.trim() !== '' && left > 0) {
            left -= 1;
            const place = at + offset;
            about({ commit, path, above: lines.slice(0, place), line, below: lines.slice(place) });
          }
          lines.splice(at + offset, 0, line);
          if (left > 0) wrote(path, lines.join('\n'));
        }
      }
      texts.set(path, lines.join('\n'));
      wrote(path, lines.join('\n'));
    }
  }
}

/** Edits in the order of the lines, each at the line it has once those above it are done. */
function fromTheTop(edits: readonly Edit[]): readonly { readonly edit: Edit; readonly at: number }[] {
  let shift = 0;
  return edits.toReversed().map((edit) => {
    const at = edit.line + shift;
    shift += edit.insert.length - edit.remove;
    return { edit, at };
  });
}

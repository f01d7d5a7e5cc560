import * as vscode from 'vscode';

/** A suggestion that was taken, as it was put in at an empty range. */
export type Taken = { readonly start: vscode.Position; readonly text: string };

/**
 * Puts the cursor behind what was taken. The editor counts columns by characters when it does so (its `TextLength.ofText`) and
 * by UTF-16 units everywhere else: behind a line with emoji the cursor is left so many columns short, in the middle of the text.
 * A cursor anywhere else is left alone, also where the editor has counted right.
 */
export function mendCursor({ start, text }: Taken): void {
  const editor = vscode.window.activeTextEditor;
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  const line = start.line + lines.length - 1;
  const column = lines.length === 1 ? start.character : 0;
  const short = column + Array.from(last).length;
  const end = new vscode.Position(line, column + last.length);
  if (!editor?.selection.isEmpty || short === end.character) return;
  const { active } = editor.selection;
  // In the middle of a character the editor goes back to its start.
  if (active.line === line && (active.character === short || active.character === short - 1))
    editor.selection = new vscode.Selection(end, end);
}

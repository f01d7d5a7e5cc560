import * as vscode from 'vscode';
import { holdCommands } from '../holdCommands.ts';

/** A part of the product that nobody misses before there is a text to edit. */
export type EditingPart = {
  /** Its commands: whoever calls one of them wants it, text or not. */
  readonly commands: readonly string[];
  /** Loads it, once at most, and gives what starts it. */
  readonly load: () => Promise<() => vscode.Disposable>;
  readonly failed: (error: unknown) => void;
};

/** Loads a part with the first text that is shown, or when one of its commands is called. */
export function whenEditing({ commands, load, failed }: EditingPart): vscode.Disposable {
  let loading: Promise<void> | undefined;
  let part: vscode.Disposable | undefined;
  let over = false;
  const held = holdCommands(commands, () => begin());
  const begin = (): Promise<void> =>
    (loading ??= (async () => {
      const start = await load();
      held.dispose();
      if (!over) part = start();
    })());
  const look = (): void => {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor !== undefined || visibleTextEditors.length > 0) begin().catch(failed);
  };
  look();
  return vscode.Disposable.from(
    held,
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.window.onDidChangeVisibleTextEditors(look),
    new vscode.Disposable(() => {
      over = true;
      part?.dispose();
    }),
  );
}

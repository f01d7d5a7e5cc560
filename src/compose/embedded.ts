import type * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import { createEmbedded } from '../backend/embedded/embedded.ts';
import type { EmbeddedIndex } from '../core/embedded/embeddedIndex.ts';
import type { Reader } from '../vscode/reader.ts';

type Dependencies = { readonly reader: Reader; readonly onDidChangeGround: vscode.Event<unknown> };

/** Milliseconds after start at which the engine begins to read: everything else comes first. */
const quietMs = 3_000;

/** The embedded engine as a backend. It is loaded once the editor has come to rest, or when first asked. */
export function composeEmbedded(dependencies: Dependencies): Backend & vscode.Disposable {
  let loading: Promise<EmbeddedIndex & vscode.Disposable> | undefined;
  const engine = (): Promise<EmbeddedIndex & vscode.Disposable> =>
    (loading ??= import('../vscode/embeddedEngine.ts').then(({ startEmbeddedEngine }) =>
      startEmbeddedEngine(dependencies),
    ));
  const timer = setTimeout(() => void engine(), quietMs);
  return {
    ...createEmbedded(engine),
    dispose: () => {
      clearTimeout(timer);
      void loading?.then((started) => started.dispose());
    },
  };
}

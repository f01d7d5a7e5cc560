import * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import { createEmbedded } from '../backend/embedded/embedded.ts';
import type { CodeKnowledge } from '../vscode/codeKnowledge.ts';
import type { Reader } from '../vscode/reader.ts';

type Dependencies = { readonly reader: Reader; readonly onDidChangeGround: vscode.Event<unknown> };

/** The engine in this process as a backend, and context for prompts, both from the same reading of the workspace. */
export type ComposedKnowledge = vscode.Disposable & {
  readonly embedded: Backend;
  readonly context: CodeKnowledge['context'];
  readonly onDidChooseContext: vscode.Event<string>;
};

/** Milliseconds after start at which the workspace begins to be read: everything else comes first. */
const quietMs = 3_000;

/** Loaded once the editor has come to rest, or when the engine is first asked. */
export function composeCodeKnowledge(dependencies: Dependencies): ComposedKnowledge {
  const chosen = new vscode.EventEmitter<string>();
  let started: CodeKnowledge | undefined;
  let loading: Promise<CodeKnowledge> | undefined;
  const load = (): Promise<CodeKnowledge> =>
    (loading ??= import('../vscode/codeKnowledge.ts').then(
      ({ startCodeKnowledge }) =>
        (started = startCodeKnowledge({ ...dependencies, onDidChoose: (uri) => chosen.fire(uri) })),
    ));
  const timer = setTimeout(() => void load(), quietMs);
  return {
    embedded: createEmbedded(async () => (await load()).engine),
    context: (uri, zone) => started?.context(uri, zone) ?? [],
    onDidChooseContext: chosen.event,
    dispose: () => {
      chosen.dispose();
      clearTimeout(timer);
      void loading?.then((knowledge) => knowledge.dispose());
    },
  };
}

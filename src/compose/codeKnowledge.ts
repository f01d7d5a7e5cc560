import * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import { createEmbedded } from '../backend/embedded/embedded.ts';
import type { CodeKnowledge } from '../vscode/completion/codeKnowledge.ts';
import type { Reader } from '../vscode/reader.ts';

type Dependencies = {
  readonly reader: Reader;
  readonly onDidChangeGround: vscode.Event<unknown>;
  readonly log: Pick<vscode.LogOutputChannel, 'info'>;
};

/** The engine in this process as a backend, and context for prompts, both from the same reading of the workspace. */
export type ComposedKnowledge = vscode.Disposable & {
  readonly embedded: Backend;
  readonly context: CodeKnowledge['context'];
  readonly onDidChooseContext: vscode.Event<string>;
};

/** Milliseconds after start at which the workspace begins to be read: everything else comes first. */
const quietMs = 3_000;

/** Loaded once the editor has come to rest, or when the engine is first asked. */
export function composeCodeKnowledge({ log, ...dependencies }: Dependencies): ComposedKnowledge {
  const chosen = new vscode.EventEmitter<string>();
  let started: CodeKnowledge | undefined;
  let loading: Promise<CodeKnowledge> | undefined;
  const start = async (): Promise<CodeKnowledge> => {
    const [{ startCodeKnowledge }, { createSyntaxTrees }] = await Promise.all([
      import('../vscode/completion/codeKnowledge.ts'),
      import('../node/syntaxTrees.ts'),
    ]);
    const trees = createSyntaxTrees({ root: vscode.env.appRoot, note: (line) => log.info(line) });
    started = startCodeKnowledge({ ...dependencies, trees, onDidChoose: (uri) => chosen.fire(uri) });
    return started;
  };
  const load = (): Promise<CodeKnowledge> => (loading ??= start());
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

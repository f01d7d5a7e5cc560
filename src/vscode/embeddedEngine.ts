import * as vscode from 'vscode';
import { createEmbeddedIndex, type EmbeddedIndex } from '../core/embedded/embeddedIndex.ts';
import { feed } from '../core/embedded/feed.ts';
import { isAside } from './inlineCompletionFacts.ts';
import type { Reader } from './reader.ts';

type Dependencies = {
  readonly reader: Reader;
  /** Fires when labels may have changed: what was learned under the old ones is forgotten. */
  readonly onDidChangeGround: vscode.Event<unknown>;
};

/** Files of the workspace that the engine reads beside those that are open, and how large one may be. */
const limits = { files: 400, bytes: 128 * 1024, pauseMs: 15 } as const;
const sources =
  '**/*.{ts,tsx,js,jsx,mjs,cjs,py,go,rs,java,kt,c,h,cc,cpp,hpp,cs,php,rb,sh,sql,swift,scala,vue,svelte,css,scss,html}';

/** The engine, kept current with what is typed and opened, and taught by the workspace a file at a time. */
export function startEmbeddedEngine({ reader, onDidChangeGround }: Dependencies): EmbeddedIndex & vscode.Disposable {
  let index = createEmbeddedIndex();
  let turn = 0;
  const read = (document: vscode.TextDocument): void => {
    if (!isAside(document)) feed(index, reader.document(document));
  };
  const learn = async (): Promise<void> => {
    const mine = ++turn;
    index = createEmbeddedIndex();
    const files = await vscode.workspace.findFiles(
      sources,
      '**/{node_modules,.git,dist,build,out,target,vendor}/**',
      limits.files,
    );
    for (const uri of files) {
      const file = await reader.file(uri, limits.bytes);
      if (mine !== turn) return;
      if (file) feed(index, file);
      await new Promise((resolve) => setTimeout(resolve, limits.pauseMs));
    }
    index.tidy();
  };
  const learnAnew = (): void => {
    void learn();
    for (const document of vscode.workspace.textDocuments) read(document);
  };
  learnAnew();
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(read),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) read(document);
    }),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files) index.remove(uri.toString());
    }),
    onDidChangeGround(learnAnew),
  );
  return {
    update: (uri, text, label) => index.update(uri, text, label),
    remove: (uri) => index.remove(uri),
    complete: (place) => index.complete(place),
    tidy: () => index.tidy(),
    dispose: () => {
      turn += 1;
      listeners.dispose();
    },
  };
}

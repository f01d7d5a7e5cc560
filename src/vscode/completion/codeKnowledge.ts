import * as vscode from 'vscode';
import type { DocumentSnapshot } from '../../core/completion/documentSnapshot.ts';
import { createContextSource } from '../../core/context/contextSource.ts';
import { languageOf } from '../../core/context/languageOf.ts';
import type { Outliner } from '../../core/context/outline.ts';
import { createEmbeddedIndex, type EmbeddedIndex } from '../../core/embedded/embeddedIndex.ts';
import { feed } from '../../core/embedded/feed.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { ContextPiece } from '../../core/prompt/completionPrompt.ts';
import { clock } from '../clock.ts';
import { displayPath, type Reader } from '../reader.ts';
import { isAside } from './facts.ts';

/** Reads how code is built, by grammars that are loaded for the languages one works in. */
export type Trees = {
  /** Gets a language ready. True if its texts can be read that way from now on and could not be before. */
  readonly load: (languageId: string) => Promise<boolean>;
  readonly outliner: Outliner;
};

/** What is known of the workspace's code: by the engine that completes from it, and for the prompts of models. */
export type CodeKnowledge = vscode.Disposable & {
  readonly engine: Pick<EmbeddedIndex, 'complete'>;
  /** Pieces of other files that help in this one, chosen when the typing last rested, for prompts that go to that zone. */
  readonly context: (uri: string, zone: Zone) => readonly ContextPiece[];
};

type Dependencies = {
  readonly reader: Reader;
  readonly trees: Trees;
  /** Fires when labels may have changed: what was learned under the old ones is forgotten. */
  readonly onDidChangeGround: vscode.Event<unknown>;
  /** Told when other pieces were chosen for a document than before. */
  readonly onDidChoose: (uri: string) => void;
};

/** Files of the workspace that are read beside those that are open, how large one may be, and the pause after each. */
const limits = { files: 400, bytes: 128 * 1024, pauseMs: 15 } as const;
const sources =
  '**/*.{ts,tsx,js,jsx,mjs,cjs,py,go,rs,java,kt,c,h,cc,cpp,hpp,cs,php,rb,sh,sql,swift,scala,vue,svelte,css,scss,html}';
const vendored = '**/{node_modules,.git,dist,build,out,target,vendor}/**';

/**
 * Context is chosen where someone comes to rest for so long, in milliseconds; in a file that one has just come to sooner, as it
 * stands first in the prompt that a server is about to evaluate ahead of need.
 */
const restMs = 1_200;
const arrivalMs = 250;
/** For so long a choice is kept while one works in the same file: every change costs the next prompt its beginning. */
const keptMs = 120_000;
/** About a thousand tokens of other files. */
const contextUnits = 3_500;

/** Keeps the knowledge current with what is typed and opened, and learns the workspace a file at a time. */
export function startCodeKnowledge({ reader, trees, onDidChangeGround, onDidChoose }: Dependencies): CodeKnowledge {
  let engine = createEmbeddedIndex();
  let context = createContextSource(trees);
  let turn = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let arrived = true;
  let noted: Pick<DocumentSnapshot, 'uri' | 'version'> | undefined;
  let choice: { readonly uri: string; readonly zone: Zone; readonly at: number } | undefined;
  // Until it is known where prompts go, they are taken to stay here: every piece that a model may see is worth its room.
  let aim: Zone = 'device';

  const read = (document: vscode.TextDocument): void => {
    if (!isAside(document) && reader.isReady(document)) feed(engine, reader.document(document));
  };
  /** What is written here helps in the file that one goes to next. */
  const note = (document: DocumentSnapshot): void => {
    if (noted?.uri === document.uri && noted.version === document.version) return;
    noted = { uri: document.uri, version: document.version };
    context.update(document);
  };
  const choose = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || isAside(editor.document) || !reader.isReady(editor.document)) return;
    const document = reader.document(editor.document);
    note(document);
    if (choice?.uri === document.uri && choice.zone === aim && clock.now() - choice.at < keptMs) return;
    choice = { uri: document.uri, zone: aim, at: clock.now() };
    const before = context.ready(document.uri).map(({ title }) => title);
    const spot = { document, offset: editor.document.offsetAt(editor.selection.active) };
    const now = context.prepare(spot, { budget: contextUnits, zone: aim }).map(({ title }) => title);
    if (now.join('\n') !== before.join('\n')) onDidChoose(document.uri);
  };
  const rested = (): void => {
    clearTimeout(rest);
    rest = setTimeout(() => void settle(), arrived ? arrivalMs : restMs);
  };
  const settle = async (): Promise<void> => {
    arrived = false;
    const mine = turn;
    const language = vscode.window.activeTextEditor?.document.languageId;
    const better = language !== undefined && (await trees.load(language));
    if (mine !== turn) return;
    choose();
    if (better) await learnFiles(mine, language);
  };
  /** Reads the files of the workspace one at a time; if a language is named, only those in it, and only for context. */
  const learnFiles = async (mine: number, language?: string): Promise<void> => {
    for (const uri of await vscode.workspace.findFiles(sources, vendored, limits.files)) {
      const languageId = languageOf(uri.path);
      if (language !== undefined && language !== languageId) continue;
      const file = await reader.file(uri, limits.bytes);
      if (mine !== turn) return;
      if (file && language === undefined) feed(engine, file);
      if (file) context.update({ ...file, display: displayPath(uri), languageId });
      await new Promise((resolve) => setTimeout(resolve, limits.pauseMs));
    }
    // What was read are the files as they are on disk.
    noted = undefined;
    choice = undefined;
    rested();
  };
  const learn = async (): Promise<void> => {
    const mine = ++turn;
    engine = createEmbeddedIndex();
    context = createContextSource(trees);
    noted = undefined;
    for (const document of vscode.workspace.textDocuments) read(document);
    rested();
    const language = vscode.window.activeTextEditor?.document.languageId;
    if (language !== undefined) await trees.load(language);
    await learnFiles(mine);
    if (mine === turn) engine.tidy();
  };
  void learn();
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => {
      read(document);
      context.note(document.uri.toString(), 'opened');
    }),
    vscode.workspace.onDidCloseTextDocument((document) => context.note(document.uri.toString(), 'closed')),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      read(document);
      context.note(document.uri.toString(), 'edited');
      rested();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      arrived = true;
      rested();
    }),
    vscode.window.onDidChangeTextEditorSelection(rested),
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files) {
        engine.remove(uri.toString());
        context.remove(uri.toString());
      }
    }),
    onDidChangeGround(() => void learn()),
  );
  return {
    engine: { complete: (place) => engine.complete(place) },
    context: (uri, zone) => {
      if (zone !== aim) rested();
      aim = zone;
      return context.ready(uri);
    },
    dispose: () => {
      turn += 1;
      clearTimeout(rest);
      listeners.dispose();
    },
  };
}

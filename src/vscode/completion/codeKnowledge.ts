import * as vscode from 'vscode';
import { createChoices } from '../../core/context/choices.ts';
import { createContextSource } from '../../core/context/contextSource.ts';
import { languageOf } from '../../core/context/languageOf.ts';
import type { Outliner } from '../../core/context/outline.ts';
import { createEmbeddedIndex, type EmbeddedIndex } from '../../core/embedded/embeddedIndex.ts';
import { feed } from '../../core/embedded/feed.ts';
import type { Zone } from '../../core/label/reach.ts';
import { samePieces, type ContextPiece } from '../../core/prompt/completionPrompt.ts';
import { clock } from '../clock.ts';
import { displayPath, type Reader } from '../reader.ts';
import { isAside } from './facts.ts';
import { createUnread } from './unread.ts';

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
/** About a thousand tokens of other files. */
const contextUnits = 3_500;
/** Of what was written in since, so many documents and files are read before context is chosen, the others after it. */
const few = 8;

/** Keeps the knowledge current with what is typed, opened and saved, and learns the workspace a file at a time. */
export function startCodeKnowledge({ reader, trees, onDidChangeGround, onDidChoose }: Dependencies): CodeKnowledge {
  let engine = createEmbeddedIndex();
  let context = createContextSource(trees);
  const choices = createChoices();
  const unread = createUnread();
  let turn = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let arrived = true;
  // Until it is known where prompts go, they are taken to stay here: every piece that a model may see is worth its room.
  let aim: Zone = 'device';

  const feedEngine = (document: vscode.TextDocument): void => {
    if (!isAside(document) && reader.isReady(document)) feed(engine, reader.document(document));
  };
  const read = (document: vscode.TextDocument): void => {
    if (isAside(document) || !reader.isReady(document) || !unread.take(document)) return;
    context.update(reader.document(document));
    choices.written(document.uri.toString());
  };
  const choose = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || isAside(editor.document) || !reader.isReady(editor.document)) return;
    // What is written in one file helps in the one that one goes to next.
    for (const document of [...unread.documents().slice(0, few), editor.document]) read(document);
    const document = reader.document(editor.document);
    const { uri } = document;
    const ready = context.ready(uri);
    if (choices.stays({ uri, zone: aim, pieces: ready }, clock.now())) return;
    const spot = { document, offset: editor.document.offsetAt(editor.selection.active) };
    const pieces = context.prepare(spot, { budget: contextUnits, zone: aim });
    choices.chosen({ uri, zone: aim, pieces }, clock.now());
    if (!samePieces(ready, pieces)) onDidChoose(uri);
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
    await readFiles(mine, { uris: unread.takeFiles(few), forEngine: true });
    if (mine !== turn) return;
    choose();
    const others = [...unread.takeFiles(Infinity), ...unread.documents().map(({ uri }) => uri)];
    await readFiles(mine, { uris: others, forEngine: true });
    if (better && mine === turn) await learnFiles(mine, language);
  };
  /** Reads files as they are on disk, one at a time, and those that are open as they are in their editor. */
  const readFiles = async (mine: number, { uris, forEngine }: Reading): Promise<void> => {
    for (const uri of uris) {
      const open = openDocument(uri);
      if (open) {
        written(open);
        read(open);
      } else {
        const file = await reader.file(uri, limits.bytes);
        if (mine !== turn) return;
        if (file && forEngine) feed(engine, file);
        if (file) context.update({ ...file, display: displayPath(uri), languageId: languageOf(uri.path) });
        else forget(uri);
      }
      await new Promise((resolve) => setTimeout(resolve, limits.pauseMs));
    }
  };
  /** Reads the files of the workspace; if a language is named, only those in it, and only for context. */
  const learnFiles = async (mine: number, language?: string): Promise<void> => {
    const found = await vscode.workspace.findFiles(sources, vendored, limits.files);
    const uris = found.filter(({ path }) => language === undefined || language === languageOf(path));
    await readFiles(mine, { uris, forEngine: language === undefined });
    if (mine !== turn) return;
    choices.clear();
    rested();
  };
  const learn = async (): Promise<void> => {
    const mine = ++turn;
    engine = createEmbeddedIndex();
    context = createContextSource(trees);
    choices.clear();
    unread.clear();
    for (const document of vscode.workspace.textDocuments) feedEngine(document);
    rested();
    const language = vscode.window.activeTextEditor?.document.languageId;
    if (language !== undefined) await trees.load(language);
    await learnFiles(mine);
    if (mine === turn) engine.tidy();
  };
  /** No piece of a text that has changed goes into a prompt. */
  const written = (document: vscode.TextDocument): void => {
    if (isAside(document)) return;
    unread.add(document);
    context.outdate(document.uri.toString());
  };
  const writtenOnDisk = (uri: vscode.Uri): void => {
    if (!context.outdate(uri.toString())) return;
    unread.addFile(uri);
    rested();
  };
  const forget = (uri: vscode.Uri): void => {
    engine.remove(uri.toString());
    context.remove(uri.toString());
  };
  void learn();
  const files = vscode.workspace.createFileSystemWatcher('**/*', true, false, false);
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => {
      feedEngine(document);
      context.note(document.uri.toString(), 'opened');
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      context.note(document.uri.toString(), 'closed');
      unread.forget(document);
      // What was not saved is gone.
      writtenOnDisk(document.uri);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      feedEngine(document);
      written(document);
      context.note(document.uri.toString(), 'edited');
      rested();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      arrived = true;
      rested();
    }),
    vscode.window.onDidChangeTextEditorSelection(rested),
    files,
    files.onDidChange((uri) => {
      if (!openDocument(uri)) writtenOnDisk(uri);
    }),
    files.onDidDelete(forget),
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

type Reading = {
  readonly uris: readonly vscode.Uri[];
  /** Whether the engine reads them as well: it does not read the same file twice for a better way to read it. */
  readonly forEngine: boolean;
};

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

import * as vscode from 'vscode';
import { createCounter } from '../../core/policy/editor/coverage.ts';
import { analyse, isPolicyDocument, withCoverage, type Analysis } from './analysis.ts';
import type { FileList, FileLists } from './fileLists.ts';

/** The analyses of all policy files that are open, kept current while they are typed. */
export type Analyses = vscode.Disposable & {
  readonly all: () => readonly Analysis[];
  /** What is known of a document as it stands; undefined while it is being looked at. */
  readonly of: (document: vscode.TextDocument) => Analysis | undefined;
  readonly onDidChange: vscode.Event<void>;
};

/** Milliseconds after the last key. */
const settleMs = 250;
/** Milliseconds that files are counted at a stretch before others get their turn. */
const sliceMs = 8;

export function createAnalyses(lists: FileLists, productVersion: string): Analyses {
  const current = new Map<string, Analysis>();
  const running = new Map<string, AbortController>();
  const changed = new vscode.EventEmitter<void>();
  const publish = (analysis: Analysis): void => {
    current.set(analysis.document.uri.toString(), analysis);
    changed.fire();
  };
  const stop = (uri: vscode.Uri): void => running.get(uri.toString())?.abort();
  const look = async (document: vscode.TextDocument, waitMs: number): Promise<void> => {
    stop(document.uri);
    const controller = new AbortController();
    running.set(document.uri.toString(), controller);
    const { signal } = controller;
    await pause(waitMs);
    if (signal.aborted || document.isClosed) return;
    const bare = analyse(document, productVersion);
    // Errors are told at once; counts and hints come together, so that nothing flickers.
    if (bare.problems.length > 0 || !lists.isKnown(bare.folder)) publish(bare);
    const coverage = await count(bare, await lists.of(bare.folder), signal);
    if (coverage) publish(withCoverage(bare, coverage));
  };
  const start = (document: vscode.TextDocument, waitMs = 0): void => {
    if (isPolicyDocument(document)) void look(document, waitMs);
  };
  const startAll = (): void => vscode.workspace.textDocuments.forEach((document) => start(document));
  const listeners = vscode.Disposable.from(
    changed,
    lists.onDidChange(startAll),
    vscode.workspace.onDidOpenTextDocument((document) => start(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => start(document, settleMs)),
    vscode.workspace.onDidChangeWorkspaceFolders(startAll),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      stop(uri);
      if (current.delete(uri.toString())) changed.fire();
    }),
  );
  startAll();
  return {
    all: () => [...current.values()],
    of: (document) => {
      const analysis = current.get(document.uri.toString());
      return analysis?.version === document.version ? analysis : undefined;
    },
    onDidChange: changed.event,
    dispose: () => {
      for (const controller of running.values()) controller.abort();
      listeners.dispose();
    },
  };
}

/** Undefined when it was stopped. */
async function count({ outline, today }: Analysis, { paths, complete }: FileList, signal: AbortSignal) {
  const counter = createCounter(outline, today);
  let began = performance.now();
  for (const path of paths) {
    if (performance.now() - began > sliceMs) {
      await pause(0);
      began = performance.now();
    }
    if (signal.aborted) return undefined;
    counter.add(path);
  }
  return signal.aborted ? undefined : counter.result(complete);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}

// The part of the editor's API that inline completion stands on: events, providers, one active editor. A test plays the
// editor through `editor`, which is no part of the API.

import { minimatch } from 'minimatch';
import { settingsView } from './vscodeSettings.ts';
import { dialogues } from './vscodePrompts.ts';

export class Disposable {
  readonly #dispose: () => void;
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }
  dispose(): void {
    this.#dispose();
  }
}

type Listener = (event: never) => unknown;

function createEvent() {
  const listeners = new Set<Listener>();
  return {
    event: (listener: Listener): Disposable => {
      listeners.add(listener);
      return new Disposable(() => listeners.delete(listener));
    },
    fire: (event: unknown): void => {
      // The listeners' own types are the API's; a test fires what they expect.
      for (const listener of listeners) (listener as (event: unknown) => unknown)(event);
    },
    count: (): number => listeners.size,
    clear: (): void => listeners.clear(),
  };
}

export class EventEmitter {
  readonly #source = createEvent();
  readonly event = this.#source.event;
  readonly fire = this.#source.fire;
  dispose(): void {
    this.#source.clear();
  }
}

export const TextEditorSelectionChangeKind = { Keyboard: 1, Mouse: 2, Command: 3 } as const;

export const InlineCompletionTriggerKind = { Invoke: 0, Automatic: 1 } as const;

export class InlineCompletionItem {
  readonly insertText: string;
  readonly range: unknown;
  command: unknown;
  constructor(insertText: string, range: unknown) {
    this.insertText = insertText;
    this.range = range;
  }
}

export class TabInputTextDiff {
  readonly original: unknown;
  readonly modified: unknown;
  constructor(original: unknown, modified: unknown) {
    this.original = original;
    this.modified = modified;
  }
}

const selection = createEvent();
const activeEditor = createEvent();
const visibleEditors = createEvent();
const documents = createEvent();
const opened = createEvent();
const files = { change: createEvent(), create: createEvent(), delete: createEvent() };
const folders = createEvent();
const trust = createEvent();
const commandTable = new Map<string, (...values: readonly unknown[]) => unknown>();

export const window = {
  ...dialogues,
  activeTextEditor: undefined as unknown,
  visibleTextEditors: [] as unknown[],
  tabGroups: { activeTabGroup: { activeTab: undefined as unknown } },
  createTerminal: ({ name }: { readonly name: string }) => {
    const sent: string[] = [];
    editor.terminals.push({ name, sent });
    return { sendText: (text: string) => void sent.push(text), show: (): void => undefined };
  },
  onDidChangeTextEditorSelection: selection.event,
  onDidChangeActiveTextEditor: activeEditor.event,
  onDidChangeVisibleTextEditors: visibleEditors.event,
};

const configuration = new Map<string, unknown>();
const workspaceConfiguration = new Map<string, unknown>();

export const workspace = {
  workspaceFolders: undefined as readonly unknown[] | undefined,
  notebookDocuments: [] as readonly unknown[],
  asRelativePath: (uri: { toString: () => string }): string => uri.toString().replace(/^.*\//, ''),
  onDidChangeTextDocument: documents.event,
  onDidOpenTextDocument: opened.event,
  isTrusted: true,
  getConfiguration: (section: string) =>
    settingsView({ user: configuration, workspace: workspaceConfiguration }, section),
  getWorkspaceFolder: (uri: { readonly path: string }): unknown =>
    workspace.workspaceFolders?.find((folder) => uri.path.startsWith(`${folderPath(folder)}/`)),
  onDidChangeWorkspaceFolders: folders.event,
  onDidGrantWorkspaceTrust: trust.event,
  createFileSystemWatcher: () => ({
    onDidChange: files.change.event,
    onDidCreate: files.create.event,
    onDidDelete: files.delete.event,
    dispose: (): void => undefined,
  }),
};

export const commands = {
  registerCommand: (name: string, run: (...values: readonly unknown[]) => unknown): Disposable => {
    commandTable.set(name, run);
    return new Disposable(() => commandTable.delete(name));
  },
  executeCommand: async (name: string, ...values: readonly unknown[]): Promise<unknown> => {
    editor.executed.push(name);
    return commandTable.get(name)?.(...values);
  },
};

export const languages = {
  match: (
    filters: readonly { readonly pattern: Glob }[],
    { uri }: { readonly uri: { readonly path: string } },
  ): number => (filters.some(({ pattern }) => matchesGlob(uri.path, pattern)) ? 10 : 0),
  registerInlineCompletionItemProvider: (_selector: unknown, provider: unknown): Disposable => {
    editor.providers.add(provider);
    return new Disposable(() => editor.providers.delete(provider));
  },
};

/** The test's hand on the editor. */
export const editor = {
  /** Of inline completion, in the order in which they came. */
  providers: new Set<unknown>(),
  /** The one that came first of those that are there. */
  get provider(): unknown {
    return [...editor.providers][0];
  },
  executed: [] as string[],
  /** Every terminal that was opened, with what was typed into it. */
  terminals: [] as { readonly name: string; readonly sent: readonly string[] }[],
  /** Settings by their whole name; what is not here is undefined. */
  configuration,
  workspaceConfiguration,
  fireSelection: selection.fire,
  fireActiveEditor: activeEditor.fire,
  fireVisibleEditors: visibleEditors.fire,
  fireDocument: documents.fire,
  fireOpened: opened.fire,
  fireFile: (kind: keyof typeof files, uri: unknown): void => files[kind].fire(uri),
  fireFolders: folders.fire,
  fireTrust: trust.fire,
  listeners: (): number =>
    [selection, activeEditor, visibleEditors, documents, opened, folders, trust, ...Object.values(files)].reduce(
      (sum, event) => sum + event.count(),
      0,
    ),
  reset: (): void => {
    editor.executed.length = 0;
    editor.providers.clear();
    editor.terminals.length = 0;
    configuration.clear();
    workspaceConfiguration.clear();
    workspace.isTrusted = true;
    workspace.workspaceFolders = undefined;
    workspace.notebookDocuments = [];
    window.activeTextEditor = undefined;
    window.visibleTextEditors = [];
    window.tabGroups.activeTabGroup.activeTab = undefined;
  },
};

type Glob = string | { readonly base: unknown; readonly pattern: string };

/** A relative pattern is about the path below its folder, another about the whole path. */
function matchesGlob(path: string, glob: Glob): boolean {
  if (typeof glob === 'string') return minimatch(path, glob, { dot: true });
  const folder = `${folderPath(glob.base)}/`;
  return path.startsWith(folder) && minimatch(path.slice(folder.length), glob.pattern, { dot: true });
}

function folderPath(folder: unknown): string {
  // A test gives folders as the API does: `{ uri: { path } }`.
  return (folder as { readonly uri: { readonly path: string } }).uri.path;
}

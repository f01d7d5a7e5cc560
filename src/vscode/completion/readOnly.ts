import * as vscode from 'vscode';

/** Knows which documents cannot be edited, as far as the editor tells: of "read-only in this session" it does not tell. */
export type ReadOnly = {
  readonly has: (document: vscode.TextDocument) => boolean;
  /** The editor asked for a suggestion there: it can be edited, whatever its file and the settings say. */
  readonly edited: (document: vscode.TextDocument) => void;
};

/** A file system that only its files tell of counts as read-only until a file has told. */
export function createReadOnly(): ReadOnly {
  const editable = new WeakSet<vscode.TextDocument>();
  const permitted = new WeakMap<vscode.TextDocument, boolean>();

  const isPermitted = (document: vscode.TextDocument): boolean => {
    if (quietSchemes.has(document.uri.scheme)) return true;
    if (!permitted.has(document)) {
      permitted.set(document, false);
      void maySave(document.uri).then((may) => permitted.set(document, may));
    }
    return permitted.get(document) ?? false;
  };
  return {
    has: (document) =>
      !editable.has(document) &&
      (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false ||
        isListed(document) ||
        !isPermitted(document)),
    edited: (document) => void editable.add(document),
  };
}

/** On disk an editor opens a file for writing whatever its permissions are; the others here have none. */
const quietSchemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-notebook-cell', 'vscode-userdata']);

async function maySave(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).permissions !== vscode.FilePermission.Readonly;
  } catch {
    return true;
  }
}

/** By the editor's own settings. */
function isListed(document: vscode.TextDocument): boolean {
  const files = vscode.workspace.getConfiguration('files', document);
  return matches(document, files.get('readonlyInclude')) && !matches(document, files.get('readonlyExclude'));
}

function matches(document: vscode.TextDocument, globs: unknown): boolean {
  if (typeof globs !== 'object' || globs === null) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return Object.entries(globs)
    .filter(([, on]) => on === true)
    .some(([glob]) => {
      const below = folder ? [{ pattern: new vscode.RelativePattern(folder, glob) }] : [];
      return vscode.languages.match([{ pattern: glob }, ...below], document) > 0;
    });
}

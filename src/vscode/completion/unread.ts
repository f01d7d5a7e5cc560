import type * as vscode from 'vscode';

/** Keeps what was written in since it was read last: documents in their editors, other files on disk. */
export function createUnread() {
  const documents = new Set<vscode.TextDocument>();
  const files = new Map<string, vscode.Uri>();
  /** Which version of an open document was read last. */
  const versions = new Map<string, number>();
  const forget = (document: vscode.TextDocument): void => {
    documents.delete(document);
    versions.delete(document.uri.toString());
  };
  return {
    add: (document: vscode.TextDocument): void => {
      forget(document);
      documents.add(document);
    },
    addFile: (uri: vscode.Uri): void => void files.set(uri.toString(), uri),
    forget,
    documents: (): readonly vscode.TextDocument[] => [...documents],
    /** Whether a document is to be read; from now on it counts as read. */
    take: (document: vscode.TextDocument): boolean => {
      const uri = document.uri.toString();
      const isNew = versions.get(uri) !== document.version;
      documents.delete(document);
      versions.set(uri, document.version);
      return isNew;
    },
    /** The first of the files, which count as read from now on. */
    takeFiles: (most: number): readonly vscode.Uri[] => {
      const taken = [...files].slice(0, most);
      for (const [key] of taken) files.delete(key);
      return taken.map(([, uri]) => uri);
    },
    clear: (): void => {
      documents.clear();
      files.clear();
      versions.clear();
    },
  };
}

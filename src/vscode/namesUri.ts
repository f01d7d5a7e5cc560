import type * as vscode from 'vscode';

type Named = Pick<vscode.TextDocument, 'isUntitled' | 'uri'>;

/** Whether a document is a file, or is to be one: `code .env` shows `untitled:/w/.env` where there is none yet. */
export function hasFile({ isUntitled, uri }: Named): boolean {
  return !isUntitled || uri.path.startsWith('/');
}

/** The URI that the names of a document are looked up by: that of its file, though it is not saved yet. */
export function namesUri(document: Named): string {
  const { uri, isUntitled } = document;
  if (!isUntitled || !hasFile(document)) return uri.toString();
  return uri.with({ scheme: uri.authority === '' ? 'file' : 'vscode-remote' }).toString();
}

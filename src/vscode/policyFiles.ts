import * as vscode from 'vscode';
import { importedNames, noModelsName } from '../core/policy/imported.ts';
import { policyFileName } from '../core/policy/starter.ts';

/** One file that speaks of the policy, as it lies there now. */
export type FoundPolicyFile = {
  readonly uri: vscode.Uri;
  readonly folder: vscode.WorkspaceFolder;
  /** Where it lies below its workspace folder, `/` between names; absent at the root. */
  readonly base?: string;
  readonly name: string;
  readonly content: FileContent;
};

/** `absent` is a fact; `unreadable` is trouble, because a rule may stand in what could not be read. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Bytes above which no policy file is read; its parser then says that it is too large. */
const mostBytes = 1024 * 1024;

export const policyGlob = `**/{${[policyFileName, noModelsName, ...importedNames].join(',')}}`;

/**
 * Finds and reads every file of the workspace that speaks of the policy. The roots are read without a search, so that a
 * search that misses something (an index, an exclusion) cannot hide them.
 */
export async function readPolicyFiles(): Promise<readonly FoundPolicyFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await vscode.workspace.findFiles(policyGlob, '**/{node_modules,.git}/**');
  const roots = folders.map((folder) => vscode.Uri.joinPath(folder.uri, policyFileName));
  const all = new Map([...roots, ...found].map((uri) => [uri.toString(), uri]));
  return (await Promise.all([...all.values()].map(readOne))).filter((file) => file !== undefined);
}

/** Reads the same files once more. */
export function readAgain(files: readonly FoundPolicyFile[]): Promise<readonly FoundPolicyFile[]> {
  return Promise.all(files.map(async (file) => ({ ...file, content: await readContent(file.uri) })));
}

/** Reads one file that speaks of the policy; undefined where it lies outside every workspace folder. */
async function readOne(uri: vscode.Uri): Promise<FoundPolicyFile | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const below = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1).split('/');
  const base = below.slice(0, -1).join('/');
  return { uri, folder, ...(base !== '' && { base }), name: below.at(-1) ?? '', content: await readContent(uri) };
}

/** Reads a file as strict UTF-8, its byte order mark kept. */
export async function readContent(uri: vscode.Uri): Promise<FileContent> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return { kind: 'unreadable', why: 'It is a folder.' };
    if (size > mostBytes) return { kind: 'unreadable', why: 'It is too large.' };
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return { kind: 'absent' };
    return { kind: 'unreadable', why: error instanceof TypeError ? 'It is not UTF-8 text.' : 'It could not be read.' };
  }
}

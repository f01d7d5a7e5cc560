import * as vscode from 'vscode';
import { decodeDocument, type DocumentContent, type PolicyDocument } from '../../core/policy/document.ts';
import { documentFor } from '../../core/policy/documentFor.ts';
import type { PolicyReader } from '../../core/policy/keeper.ts';
import { policyNames } from '../../core/policy/policyNames.ts';
import { policyFileName } from '../../core/policy/starter.ts';
import { findPoliciesNear, isLeftOut } from './filesNear.ts';

/** Bytes above which no policy or ignore file is read; it then counts as one that cannot be read. */
const mostBytes = 1024 * 1024;

/** More policies than that in one folder are found when a request comes by them. */
const mostPolicies = 10_000;

export const policyGlob = `**/{${policyNames.join(',')}}`;

/**
 * Reads the policy files of workspace folders that only the editor can reach: remote and virtual ones. The roots are read
 * without a search, so that a search that misses something (an index, a kind of folder that nobody can search) cannot hide
 * them; what it misses below is found in the folders of the files that a request is about, and known from then on. What was
 * committed is not known there.
 */
export function createEditorPolicyReader(isOurs: (folder: vscode.WorkspaceFolder) => boolean): PolicyReader {
  const folders = (): readonly vscode.WorkspaceFolder[] => (vscode.workspace.workspaceFolders ?? []).filter(isOurs);
  const met = new Map<string, vscode.Uri>();
  const read = async (uris: readonly vscode.Uri[]): Promise<readonly PolicyDocument[]> => {
    const all = new Map([...folders().map(rootFile), ...uris].map((uri) => [uri.toString(), uri]));
    return (await Promise.all([...all.values()].map(readOne))).filter((document) => document !== undefined);
  };
  return {
    readAll: async () => {
      // Nothing that the settings hide is left out: a workspace can hide its policies by them.
      const found = await Promise.all(
        folders().map((folder) =>
          vscode.workspace.findFiles(new vscode.RelativePattern(folder, policyGlob), null, mostPolicies),
        ),
      );
      return read([...found.flat().filter(({ path }) => !isLeftOut(path)), ...met.values()]);
    },
    readAgain: async (known, _signal, near = []) => {
      const ours = known.filter(({ folder }) => folders().some(({ uri }) => folderKey(uri) === folder));
      const beside = await Promise.all(folders().map((folder) => findPoliciesNear(folder, near)));
      for (const uri of beside.flat()) met.set(uri.toString(), uri);
      return read([...ours.map(({ file }) => vscode.Uri.parse(file)), ...met.values()]);
    },
  };
}

/** Two readers as one: each knows folders that the other does not. */
export function joinReaders(first: PolicyReader, second: PolicyReader): PolicyReader {
  return {
    readAll: async (signal) => (await Promise.all([first.readAll(signal), second.readAll(signal)])).flat(),
    readAgain: async (known, signal, near) =>
      (await Promise.all([first.readAgain(known, signal, near), second.readAgain(known, signal, near)])).flat(),
  };
}

/** A workspace folder's URI as the policy spells it: without a slash at the end. */
export function folderKey(uri: vscode.Uri): string {
  return uri.toString().replace(/\/$/, '');
}

function rootFile(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, policyFileName);
}

async function readOne(uri: vscode.Uri): Promise<PolicyDocument | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const content = folder && (await readContent(uri));
  if (!folder || !content) return undefined;
  const below = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
  return documentFor({ folder: folderKey(folder.uri), below, version: 'working tree' }, content);
}

async function readContent(uri: vscode.Uri): Promise<DocumentContent | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return { kind: 'unreadable', why: 'It is a folder.' };
    if ((type & vscode.FileType.SymbolicLink) !== 0) return { kind: 'unreadable', why: remoteLink };
    if (size > mostBytes) return { kind: 'unreadable', why: 'The file is too large.' };
    return decodeDocument(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    return { kind: 'unreadable', why: 'The file could not be read.' };
  }
}

const remoteLink = 'It is a link, and where it leads cannot be told from here. Put the file itself in its place.';

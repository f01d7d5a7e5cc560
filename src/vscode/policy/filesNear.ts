import * as vscode from 'vscode';
import type { ResourceName } from '../../core/label/resource.ts';
import { isPolicyName } from '../../core/policy/policyNames.ts';

/** The policy and ignore files in the folders between a workspace folder and the files named. The folder itself is read anyway. */
export async function findPoliciesNear(
  folder: vscode.WorkspaceFolder,
  near: readonly ResourceName[],
): Promise<readonly vscode.Uri[]> {
  const key = folder.uri.toString().replace(/\/$/, '');
  const parents = new Set(near.flatMap((name) => (name.folder === key ? parentsOf(name.path) : [])));
  const wanted = [...parents].filter((parent) => !isLeftOut(`/${parent}/`));
  return (await Promise.all(wanted.map((parent) => policiesIn(vscode.Uri.joinPath(folder.uri, parent))))).flat();
}

/** What packages bring along speaks for their authors' files. */
export function isLeftOut(path: string): boolean {
  return /\/(?:node_modules|\.git)\//.test(path);
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function parentsOf(file: string): readonly string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

async function policiesIn(here: vscode.Uri): Promise<readonly vscode.Uri[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(here);
    return entries.flatMap(([name]) => (isPolicyName(name) ? [vscode.Uri.joinPath(here, name)] : []));
  } catch (error) {
    // The folder of a file that is not saved yet.
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
    throw error;
  }
}

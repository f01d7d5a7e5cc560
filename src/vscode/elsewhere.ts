import * as vscode from 'vscode';
import type { Resolution } from '../core/label/identity.ts';

/** Milliseconds for which a folder counts as what it was found to be. */
const staleMs = 2_000;
const remembered = 2_000;

type Found = 'plain' | 'link' | 'absent' | 'unknown';

/**
 * Looks up files that only the editor can reach: those of remote and virtual folders. The editor tells a link from a file, but
 * not where it leads, so that a file behind one stays in doubt. Hard links and former names are not to be had there.
 */
export function createElsewhere(now: () => number): (uri: string, folders: readonly string[]) => Promise<Resolution> {
  const folders = new Map<string, { readonly found: Promise<Found>; readonly at: number }>();
  const lookAtFolder = (uri: vscode.Uri): Promise<Found> => {
    const key = uri.toString();
    const known = folders.get(key);
    if (known && now() - known.at <= staleMs) return known.found;
    if (folders.size >= remembered) folders.clear();
    const found = look(uri);
    folders.set(key, { found, at: now() });
    return found;
  };
  return async (uri, roots) => {
    const { file, names } = placeOf(vscode.Uri.parse(uri), roots);
    if (names.some((name) => name === '' || name === '.' || name === '..')) return failed('The path is not plain.');
    const above = names.slice(0, -1).map((_, depth) => file.with({ path: upTo(file.path, names, depth) }));
    const found = await Promise.all([look(file), ...above.map(lookAtFolder)]);
    if (found.includes('unknown')) return failed('The editor could not look it up.');
    return { kind: 'elsewhere', linked: found.includes('link') };
  };
}

/**
 * The file that a document shows, and its names below the workspace folder that holds it, the outermost if several do; below
 * the root of its machine where none does. A cell of a notebook lies where its notebook lies.
 */
function placeOf(document: vscode.Uri, roots: readonly string[]) {
  const holding = roots
    .map((root) => vscode.Uri.parse(root))
    .map(({ scheme, authority, path }) => ({ scheme, authority, path: path.replace(/\/$/, '') }))
    .filter(({ authority, path }) => authority === document.authority && document.path.startsWith(`${path}/`))
    .toSorted((a, b) => a.path.length - b.path.length);
  const { scheme, path } = holding[0] ?? { scheme: document.scheme, path: '' };
  const file = document.with({ scheme, query: '', fragment: '' });
  return { file, names: document.path.slice(path.length + 1).split('/') };
}

/** The path of the folder at a depth below the workspace folder; the first one has depth nought. */
function upTo(path: string, names: readonly string[], depth: number): string {
  const rest = names.slice(depth + 1).join('/');
  return path.slice(0, path.length - rest.length - 1);
}

function failed(why: string): Resolution {
  return { kind: 'failed', why };
}

async function look(uri: vscode.Uri): Promise<Found> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) === 0 ? 'plain' : 'link';
  } catch (error) {
    // A file that is not saved yet goes by the folders that are there.
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? 'absent' : 'unknown';
  }
}

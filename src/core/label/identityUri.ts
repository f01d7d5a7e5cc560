import type { Doubt, NameKind } from './resource.ts';

/** What a URI says of the file beneath it. Paths are decoded, once, and begin with a slash. */
export type UriReading = {
  readonly scheme: string;
  readonly authority: string;
  readonly paths: readonly { readonly path: string; readonly kind: NameKind }[];
  /** Set where no rule could be relied on; the paths then only help to explain. */
  readonly doubt?: Doubt;
};

/**
 * Reads the URI of a document as the editor spells it. Only kinds of documents that are known to show one file's text are
 * taken for that file; every other kind stays in doubt.
 */
export function readUri(uri: string): UriReading {
  const parts = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(uri);
  const scheme = parts?.[1]?.toLowerCase() ?? '';
  const path = decode(parts?.[3] ?? '');
  const authority = decode(parts?.[2] ?? '');
  if (!parts || path === undefined || authority === undefined) {
    return { scheme, authority: '', paths: [], doubt: 'could not be resolved' };
  }
  const kind = kinds.get(scheme);
  if (!kind) return { scheme, authority, paths: [{ path, kind: 'underlying file' }], doubt: doubtOf(scheme) };
  const beneath = scheme === 'git' ? gitPaths(parts[4] ?? '') : [];
  return {
    scheme,
    authority,
    paths: [{ path, kind }, ...beneath.map((one) => ({ path: one, kind: 'underlying file' as const }))],
  };
}

// A cell's path is its notebook's, the path of a `git` document that of the file whose former text it shows.
const kinds: ReadonlyMap<string, NameKind> = new Map([
  ['file', 'path'],
  ['vscode-remote', 'path'],
  ['vscode-notebook-cell', 'underlying file'],
  ['vscode-notebook-cell-output', 'underlying file'],
  ['vscode-notebook-cell-metadata', 'underlying file'],
  ['vscode-notebook-metadata', 'underlying file'],
  ['git', 'underlying file'],
]);

function doubtOf(scheme: string): Doubt {
  return editorSchemes.has(scheme) ? 'editor data' : 'unknown scheme';
}

const editorSchemes: ReadonlySet<string> = new Set([
  'vscode-userdata',
  'vscode-settings',
  'vscode-local-history',
  'vscode-history',
  'vscode',
  'output',
  'debug',
]);

/** VS Code's git documents carry the file in their query as well: `{"path":"/w/a.ts","ref":"HEAD"}`. */
function gitPaths(query: string): readonly string[] {
  const text = decode(query);
  if (text === undefined || !text.startsWith('{')) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('path' in value) || typeof value.path !== 'string') return [];
    return [value.path];
  } catch {
    return [];
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

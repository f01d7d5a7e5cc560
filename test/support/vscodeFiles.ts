// The part of the editor's API that reads files of machines it alone can reach: URIs, a file system, a search. A test fills
// `disk`, which is no part of the API.

export const FilePermission = { Readonly: 1 } as const;
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;

export class FileSystemError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

type Parts = { readonly scheme: string; readonly authority: string; readonly path: string; readonly query: string };

/** A URI as far as tests need one; it spells what the editor's own spells for plain names. */
export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  constructor({ scheme, authority, path, query }: Parts) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
  }
  static parse(text: string): Uri {
    const [, scheme = '', authority = '', path = '', query = ''] =
      /^([a-z-]+):(?:\/\/([^/]*))?([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
    return new Uri({ scheme, authority: decodeURIComponent(authority), path: decodeURIComponent(path), query });
  }
  static joinPath(base: Uri, ...names: readonly string[]): Uri {
    return base.with({ path: [base.path.replace(/\/$/, ''), ...names].join('/') });
  }
  with(change: Partial<Parts> & { readonly fragment?: string }): Uri {
    const { scheme, authority, path, query } = this;
    return new Uri({ scheme, authority, path, query, ...change });
  }
  toString(): string {
    const path = this.path.split('/').map(encodeURIComponent).join('/');
    return `${this.scheme}://${encodeURIComponent(this.authority)}${path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export class RelativePattern {
  readonly base: { readonly uri: Uri };
  readonly pattern: string;
  constructor(base: { readonly uri: Uri }, pattern: string) {
    this.base = base;
    this.pattern = pattern;
  }
}

type Entry = { readonly type: number; readonly text?: string };

/** The test's hand on the remote machine. */
export const disk = {
  /** By URI. Folders are those above the files. */
  files: new Map<string, Entry>(),
  /** URIs that cannot be looked at. */
  closed: new Set<string>(),
  folders: [] as { readonly uri: Uri }[],
  /** What a search of the workspace finds. */
  found: [] as Uri[],
  stats: 0,
  reset: (): void => {
    disk.files.clear();
    disk.closed.clear();
    disk.folders = [];
    disk.found = [];
    disk.stats = 0;
  },
};

/** What `workspace` has where there is a remote machine. */
export const remoteWorkspace = {
  getWorkspaceFolder: (uri: Uri) =>
    disk.folders.find(({ uri: folder }) => uri.toString().startsWith(`${folder.toString()}/`)),
  findFiles: (): Promise<readonly Uri[]> => Promise.resolve(disk.found),
  fs: {
    stat: async (uri: Uri) => {
      disk.stats += 1;
      const { type, text = '' } = entryAt(uri);
      return { type, size: text.length };
    },
    readFile: async (uri: Uri) => new TextEncoder().encode(entryAt(uri).text ?? ''),
    readDirectory: async (uri: Uri) => {
      const { type } = entryAt(uri);
      if ((type & FileType.Directory) === 0) throw new FileSystemError('FileNotADirectory');
      const start = `${uri.toString()}/`;
      const below = [...disk.files].filter(([key]) => key.startsWith(start));
      return below.flatMap(([key, entry]) => {
        const name = key.slice(start.length);
        return name.includes('/') ? [] : [[decodeURIComponent(name), entry.type] as const];
      });
    },
  },
};

function entryAt(uri: Uri): Entry {
  const key = uri.toString();
  if (disk.closed.has(key)) throw new FileSystemError('NoPermissions');
  const entry = disk.files.get(key);
  if (entry) return entry;
  if ([...disk.files.keys()].some((other) => other.startsWith(`${key}/`))) return { type: FileType.Directory };
  throw new FileSystemError('FileNotFound');
}

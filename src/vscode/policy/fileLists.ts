import * as vscode from 'vscode';

/** The files below a folder of the workspace. */
export type FileList = {
  /** Paths below the folder, `/` between names. */
  readonly paths: readonly string[];
  /** False where there are more. */
  readonly complete: boolean;
};

export type FileLists = vscode.Disposable & {
  /** The list of a folder in or at the root of the workspace; made on first use and after files came and went. */
  readonly of: (folder: vscode.Uri) => Promise<FileList>;
  /** Whether `of` answers without a search. */
  readonly isKnown: (folder: vscode.Uri) => boolean;
  /** Fires when files have come or gone and it has been quiet since. */
  readonly onDidChange: vscode.Event<void>;
};

/** More files are not listed; what is counted is then the least it can be. */
const mostFiles = 200_000;
/** Milliseconds without a file coming or going after which a list is made anew. */
const quietMs = 1500;

/** Lists the files of the workspace by the editor's own search, `node_modules` and `.git` left out. */
export function createFileLists(): FileLists {
  const lists = new Map<string, Promise<FileList>>();
  const settled = new Set<string>();
  const changed = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const forget = (uri?: vscode.Uri): void => {
    if (uri && isLeftOut(uri.path)) return;
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      lists.clear();
      settled.clear();
      changed.fire();
    }, quietMs);
  };
  const listeners = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate(forget),
    watcher.onDidDelete(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(() => forget()),
  );
  const search = async (folder: vscode.Uri): Promise<FileList> => {
    const list = await listFiles(folder);
    settled.add(folder.toString());
    return list;
  };
  return {
    of: (folder) => {
      const known = lists.get(folder.toString()) ?? search(folder);
      lists.set(folder.toString(), known);
      return known;
    },
    isKnown: (folder) => settled.has(folder.toString()),
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(quiet);
      listeners.dispose();
    },
  };
}

async function listFiles(folder: vscode.Uri): Promise<FileList> {
  // A pattern given here leaves out what the user hides as well; nothing given leaves out nothing, but costs more.
  const exclude = hidesFiles(folder) ? null : '**/{node_modules,.git}/**';
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), exclude, mostFiles);
  const start = folder.path.replace(/\/$/, '').length + 1;
  const paths = found.map(({ path }) => path.slice(start)).filter((path) => !isLeftOut(path));
  return { paths: paths.sort(), complete: found.length < mostFiles };
}

/** Whether the user hides more than what the editor hides of itself. */
function hidesFiles(folder: vscode.Uri): boolean {
  const hidden = vscode.workspace.getConfiguration('files', folder).get<Record<string, unknown>>('exclude') ?? {};
  return Object.entries(hidden).some(([pattern, on]) => on !== false && !hiddenByDefault.has(pattern));
}

const hiddenByDefault: ReadonlySet<string> = new Set([
  '**/.git',
  '**/.svn',
  '**/.hg',
  '**/.DS_Store',
  '**/Thumbs.db',
  '**/CVS',
]);

function isLeftOut(path: string): boolean {
  return /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(path);
}

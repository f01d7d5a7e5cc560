import { isImported } from './imports.ts';
import type { ProjectFile } from './projectFile.ts';
import type { Query } from './query.ts';

/** How a file stands to the one being written. */
export type Kinship = {
  readonly imported: boolean;
  /** The other file imports this one, as a test does with what it tests. */
  readonly imports: boolean;
  readonly sameFolder: boolean;
  readonly sameLanguage: boolean;
  /** Named alike but for `test` and the like. */
  readonly twin: boolean;
};

/** Compares paths, imports and languages. */
export function kinship(query: Query, file: ProjectFile): Kinship {
  const { display, languageId } = file.source;
  return {
    imported: query.imports.some((target) => isImported(target, file.path)),
    imports: file.imports.some((target) => isImported(target, query.path)),
    sameFolder: folderOf(display) === folderOf(query.display),
    sameLanguage: familyOf(languageId) === familyOf(query.languageId),
    twin: stemOf(display) === stemOf(query.display),
  };
}

/** Languages that import each other's files. */
function familyOf(languageId: string): string {
  return families.get(languageId) ?? languageId;
}

const families: ReadonlyMap<string, string> = new Map([
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'vue', 'svelte'].map(
    (id) => [id, 'web'] as const,
  ),
  ...['c', 'cpp', 'objective-c', 'cuda-cpp'].map((id) => [id, 'c'] as const),
  ...['css', 'scss', 'less', 'sass'].map((id) => [id, 'style'] as const),
  ...['java', 'kotlin', 'scala', 'groovy'].map((id) => [id, 'jvm'] as const),
]);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name.replaceAll(/(?:[._-]?(?:tests?|spec|impl|bench|mock))+$|^(?:test[_-])/gi, '').toLowerCase();
}

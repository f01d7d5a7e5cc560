import { compileRules, compileStated, type CompiledRule } from './compileRules.ts';
import { fold, type Folded } from './fold.ts';
import { indexGlobs, type GlobIndex } from './globIndex.ts';
import type { ImportedSource, PolicySource } from './source.ts';

/** What speaks for the files of one folder beside what holds everywhere. Paths are relative to it. */
export type Scope = {
  readonly match: GlobIndex<CompiledRule>;
  readonly stated: readonly InFolder<CompiledRule>[];
  readonly imported: readonly InFolder<ImportedSource>[];
};

/** The scope of a workspace folder. */
export type FolderScope = Scope & {
  /** What is said in the folders around it, by the path of the workspace folder seen from there. */
  readonly around: readonly { readonly path: string; readonly scope: Scope }[];
  /** Whether a policy file at its root, or at the root of a workspace folder around it, says how far its files may go. */
  readonly speaks: boolean;
};

/** Holds for what lies below `base`, folded; for the whole folder where it is absent. */
export type InFolder<T> = { readonly value: T; readonly base?: Folded };

type FolderInput = {
  readonly folders: readonly string[];
  readonly sources: readonly PolicySource[];
  readonly imported: readonly ImportedSource[];
  readonly today: string;
};

/** The scope of each workspace folder, also of those that nothing speaks for. */
export function compileFolders(input: FolderInput): ReadonlyMap<string, FolderScope> {
  // Only a file that lies there now opens anything; what a former version said, or a folder around it, can but narrow.
  const speaking = input.sources
    .filter(({ layer, version, above }) => layer === 'workspace' && version === 'working tree' && above === undefined)
    .map((source) => source.folder);
  return new Map(
    input.folders.map((folder) => {
      const sources = input.sources.filter((source) => source.folder === folder);
      const imported = input.imported.filter((source) => source.folder === folder);
      const around = new Set([...sources, ...imported].flatMap(({ above }) => above ?? []));
      const scopeAt = (above: string | undefined): Scope =>
        compileScope(
          sources.filter((source) => source.above === above),
          imported.filter((source) => source.above === above),
          input.today,
        );
      const scope: FolderScope = {
        ...scopeAt(undefined),
        around: [...around].map((path) => ({ path, scope: scopeAt(path) })),
        speaks: speaking.some((other) => other !== undefined && (folder === other || folder.startsWith(`${other}/`))),
      };
      return [folder, scope];
    }),
  );
}

function compileScope(sources: readonly PolicySource[], imported: readonly ImportedSource[], today: string): Scope {
  return {
    match: indexGlobs(sources.flatMap((source) => compileRules(source, today))),
    stated: sources.flatMap((source) => {
      const value = compileStated(source, today);
      return value ? [{ value, ...below(source.base) }] : [];
    }),
    imported: imported.map((value) => ({ value, ...below(value.base) })),
  };
}

function below(base: string | undefined): { readonly base?: Folded } {
  return base === undefined ? {} : { base: fold(base) };
}

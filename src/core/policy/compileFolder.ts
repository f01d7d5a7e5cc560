import { compileRules, compileStated, type CompiledRule } from './compileRules.ts';
import { fold, type Folded } from './fold.ts';
import { indexGlobs, type GlobIndex } from './globIndex.ts';
import type { ImportedSource, PolicySource } from './source.ts';

/** What speaks for the files of one workspace folder beside what holds everywhere. Paths are relative to it. */
export type FolderScope = {
  readonly match: GlobIndex<CompiledRule>;
  readonly stated: readonly InFolder<CompiledRule>[];
  readonly imported: readonly InFolder<ImportedSource>[];
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
  // Only a file that lies there now opens anything; what a former version said can but narrow.
  const speaking = input.sources
    .filter((source) => source.layer === 'workspace' && source.version === 'working tree')
    .map((source) => source.folder);
  return new Map(
    input.folders.map((folder) => {
      const sources = input.sources.filter((source) => source.folder === folder);
      const imported = input.imported.filter((source) => source.folder === folder);
      const scope: FolderScope = {
        match: indexGlobs(sources.flatMap((source) => compileRules(source, input.today))),
        stated: sources.flatMap((source) => {
          const value = compileStated(source, input.today);
          return value ? [{ value, ...below(source.base) }] : [];
        }),
        imported: imported.map((value) => ({ value, ...below(value.base) })),
        speaks: speaking.some((other) => other !== undefined && (folder === other || folder.startsWith(`${other}/`))),
      };
      return [folder, scope];
    }),
  );
}

function below(base: string | undefined): { readonly base?: Folded } {
  return base === undefined ? {} : { base: fold(base) };
}

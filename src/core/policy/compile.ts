import { compileBuiltIn } from './compileBuiltIn.ts';
import { compileFolders, type FolderScope } from './compileFolder.ts';
import { compileRules, compileStated, type CompiledRule } from './compileRules.ts';
import { indexGlobs, type GlobIndex } from './globIndex.ts';
import { joinSettings } from './joinSettings.ts';
import type { PolicySettings } from './settings.ts';
import type { ImportedSource, PolicySource } from './source.ts';

/** All layers joined into one thing that can be asked. Made by `compilePolicy` alone and never changed. */
export type Policy = {
  readonly settings: PolicySettings;
  /** Rules of the built-in, user and managed layers, wherever a file lies. */
  readonly matchAnywhere: GlobIndex<CompiledRule>;
  /** What the user and the administrator say of files that no rule matches. */
  readonly statedAnywhere: readonly CompiledRule[];
  /** By the URI of the workspace folder. */
  readonly folders: ReadonlyMap<string, FolderScope>;
  /** Whether any file says how far text may go; without one nothing goes to the cloud. */
  readonly opened: boolean;
  /** The last day on which every exception still holds, `YYYY-MM-DD`; after it the policy has to be compiled again. */
  readonly holdsThrough?: string;
};

export type PolicyInput = {
  /** URIs of the workspace folders, without a slash at the end. */
  readonly folders: readonly string[];
  readonly sources: readonly PolicySource[];
  readonly imported: readonly ImportedSource[];
  /** In UTC, `YYYY-MM-DD`: exceptions that ended before it are dead. */
  readonly today: string;
};

/** Joins the layers. Sources may come in any order; each can only narrow what the others allow. */
export function compilePolicy(input: PolicyInput): Policy {
  const owners = input.sources.filter((source) => source.layer === 'user' || source.layer === 'managed');
  const folders = compileFolders(input);
  const statedAnywhere = owners.flatMap((source) => compileStated(source, input.today) ?? []);
  const opened = statedAnywhere.length > 0 || [...folders.values()].some((folder) => folder.speaks);
  const holdsThrough = firstExpiry(input);
  return {
    settings: joinSettings(input.sources, { opened }),
    matchAnywhere: indexGlobs([
      ...compileBuiltIn(owners, input.today),
      ...owners.flatMap((source) => compileRules(source, input.today)),
    ]),
    statedAnywhere,
    folders,
    opened,
    ...(holdsThrough === undefined ? {} : { holdsThrough }),
  };
}

/** What holds before anything is read and where no file speaks: the built-in rules. */
export function builtInPolicy(folders: readonly string[]): Policy {
  return compilePolicy({ folders, sources: [], imported: [], today: '' });
}

function firstExpiry({ sources, today }: PolicyInput): string | undefined {
  return sources
    .flatMap((source) => source.policy.exceptions.map(({ expires }) => expires))
    .filter((expires) => expires !== 'never' && expires >= today)
    .sort()[0];
}

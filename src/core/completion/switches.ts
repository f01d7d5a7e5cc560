import ignore, { type Ignore } from 'ignore';
import type { CompletionSettings } from '../settings/settings.ts';

/** A document as far as the user's switches look at it. `path` is below its workspace folder, with `/`. */
export type Switched = { readonly languageId: string; readonly path: string };

/** Which switch of the settings keeps suggestions out of a document. */
export type SwitchedOff =
  | { readonly kind: 'off' }
  | { readonly kind: 'language'; readonly language: string }
  | { readonly kind: 'excluded'; readonly pattern: string };

/** Looks documents up in the settings; the patterns of a snapshot are compiled once. */
export function createSwitches() {
  let compiled: { readonly from: readonly string[]; readonly matcher: Ignore } | undefined;
  const matcherOf = (from: readonly string[]): Ignore => {
    if (compiled?.from !== from) compiled = { from, matcher: ignore({ ignorecase: true }).add([...from]) };
    return compiled.matcher;
  };
  return {
    /** Undefined where nothing speaks against suggestions. */
    off: (settings: CompletionSettings, { languageId, path }: Switched): SwitchedOff | undefined => {
      if (!settings.enabled) return { kind: 'off' };
      if (!languageOn(settings, languageId)) return { kind: 'language', language: languageId };
      if (settings.exclude.length === 0 || !ignore.isPathValid(path)) return undefined;
      const { ignored, rule } = matcherOf(settings.exclude).test(path);
      return ignored ? { kind: 'excluded', pattern: rule?.pattern ?? '' } : undefined;
    },
  };
}

export type Switches = ReturnType<typeof createSwitches>;

/** Whether a language is switched on: by its own entry, else by that of all others. */
export function languageOn({ languages }: Pick<CompletionSettings, 'languages'>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}

/** The pattern that leaves out one file and no other, as `.gitignore` spells it. */
export function patternOf(path: string): string {
  return `/${path.replaceAll(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (spaces) => spaces.replaceAll(' ', '\\ '))}`;
}

import { expandBraces } from './braces.ts';
import { fold } from './fold.ts';
import { findLookalikeWord } from './lookalike.ts';
import { findUnfitCharacter } from './unfitCharacter.ts';

/** A pattern of a policy file, read. */
export type Pattern = {
  /** As written. */
  readonly source: string;
  /** What it stands for, braces written out, each folded both ways, without `/**` at its end. Any one that matches counts. */
  readonly globs: readonly Glob[];
};

/** Brace-free and relative to the folder of the policy file; starts with `**` + `/` unless the pattern is anchored. */
export type Glob = {
  readonly simple: string;
  readonly full: string;
  /** Written as a folder, with `/` or `/**` at its end. Rules hold for what is inside in any case, exceptions only then. */
  readonly folder: boolean;
};

export type PatternRead =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** `at` counts UTF-16 units of the pattern. */
  | { readonly kind: 'invalid'; readonly message: string; readonly at: number; readonly length: number };

export const patternLimits = { characters: 1024, globstars: 8, wildcards: 32, alternatives: 256 } as const;

/**
 * Reads a pattern as `.gitignore` users mean it: a name without a slash matches at any depth, a slash at the front or in the
 * middle ties it to the folder of the policy file, and a folder stands for everything in it. Case never matters. There is
 * no negation, and nothing is ever cut short: what is too long or could never match is an error.
 */
export function readPattern(source: string): PatternRead {
  const complaint = complain(source);
  if (complaint) return { kind: 'invalid', ...complaint };
  const expansion = expandBraces(source, patternLimits.alternatives);
  if (expansion.kind === 'invalid') return { kind: 'invalid', message: expansion.message, at: expansion.at, length: 1 };
  for (const alternative of expansion.patterns) {
    const message = complainOfAlternative(alternative);
    if (message) return { kind: 'invalid', message, at: 0, length: source.length };
  }
  const globs = expansion.patterns.map((alternative) => toGlob(alternative));
  return { kind: 'pattern', pattern: { source, globs } };
}

type Complaint = { readonly message: string; readonly at: number; readonly length: number };

function complain(source: string): Complaint | undefined {
  const whole = { at: 0, length: source.length };
  if (source === '') return { message: 'This pattern is empty. Write a file name, a folder or a glob.', ...whole };
  if (source.length > patternLimits.characters) {
    return {
      message: `This pattern is longer than ${patternLimits.characters} characters. Write several shorter ones.`,
      ...whole,
    };
  }
  if (source.startsWith('!')) {
    return { message: 'Patterns are not negated here. Write an entry under "exceptions" instead.', at: 0, length: 1 };
  }
  if (source.trim() !== source) return { message: 'Remove the space at the end of this pattern.', ...whole };
  return complainOfCharacters(source) ?? complainOfCost(source);
}

function complainOfCharacters(source: string): Complaint | undefined {
  const unfit = findUnfitCharacter(source);
  if (unfit) return { message: unfit.message, at: unfit.at, length: unfit.length };
  const backslash = source.indexOf('\\');
  if (backslash !== -1) {
    return { message: 'Write / between folders on every system; \\ has no meaning here.', at: backslash, length: 1 };
  }
  const extended = /[@+!?*]\(/.exec(source);
  if (extended) {
    const message = 'Patterns such as @(a|b) are not understood. Use {a,b}; for a bracket itself write [(].';
    return { message, at: extended.index, length: 2 };
  }
  const lookalike = findLookalikeWord(source);
  if (lookalike) {
    const message = `"${lookalike.word}" has letters of another script and reads like "${lookalike.reads}". Type it in one script, or put ? for the letters meant.`;
    return { message, at: lookalike.at, length: lookalike.word.length };
  }
  return complainOfClasses(source);
}

function complainOfClasses(source: string): Complaint | undefined {
  for (let i = source.indexOf('['); i !== -1; i = source.indexOf('[', i)) {
    const close = source.indexOf(']', i + 2);
    if (close === -1)
      return { message: 'This [ is never closed. For the character itself write [[].', at: i, length: 1 };
    const body = source.slice(i + 1, close);
    const message = complainOfClass(body);
    if (message) return { message, at: i, length: close + 1 - i };
    i = close + 1;
  }
  return undefined;
}

// A class may hold only what folds to one character again; else a letter such as ß would slip through it.
function complainOfClass(body: string): string | undefined {
  if (/^[!^]/.test(body)) return 'A class that begins with ! or ^ is not understood. List what is meant.';
  if (body.includes('/')) return 'A class cannot hold a slash.';
  if (body.includes('[:') || body.includes('[.') || body.includes('[='))
    return 'Named classes are not understood. Use [a-z] or [0-9].';
  if (!/^[\x20-\x7e]+$/.test(body)) return 'A class may hold plain ASCII characters only. Use {a,b} for others.';
  for (const range of body.matchAll(/(.)-(.)/gs)) {
    const [, from = '', to = ''] = range;
    const fits = [/[a-z]/, /[A-Z]/, /[0-9]/].some((kind) => kind.test(from) && kind.test(to)) && from <= to;
    if (!fits) return `The range ${from}-${to} is not understood. Use [a-z], [A-Z] or [0-9].`;
  }
  return undefined;
}

function complainOfCost(source: string): Complaint | undefined {
  const globstars = source.split('**').length - 1;
  if (globstars > patternLimits.globstars) {
    const message = `More than ${patternLimits.globstars} times ** in one pattern is too costly. Write several patterns.`;
    return { message, at: source.indexOf('**'), length: source.length - source.indexOf('**') };
  }
  const wildcards = source.match(/\*+|\?|\[/g)?.length ?? 0;
  if (wildcards > patternLimits.wildcards) {
    return {
      message: `More than ${patternLimits.wildcards} wildcards in one pattern are too costly. Write several patterns.`,
      at: 0,
      length: source.length,
    };
  }
  return undefined;
}

function complainOfAlternative(alternative: string): string | undefined {
  const segments = trimmed(alternative).split('/');
  if (alternative.replaceAll('/', '') === '') return 'This pattern names nothing. To mean every file write *.';
  if (segments.includes('')) return 'Two slashes in a row never match. Write one.';
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return 'A pattern with ./ or ../ never matches. Start from the folder of this policy file.';
  }
  if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
    return '** must stand alone between slashes. Use * within a name.';
  }
  if (segments.some((segment) => segment !== segment.trim())) {
    return 'A name that begins or ends with a space cannot be told from one without. Put ? for the space.';
  }
  return undefined;
}

/** Without the one slash that anchors at the front and the one that marks a folder at the end. */
function trimmed(alternative: string): string {
  return alternative.replace(/^\//, '').replace(/\/$/, '');
}

function toGlob(alternative: string): Glob {
  const body = trimmed(alternative).replace(/(?:\/\*\*)+$/, '');
  const anchored = trimmed(alternative).includes('/') || alternative.startsWith('/');
  return { ...fold(anchored ? body : `**/${body}`), folder: /\/(?:\*\*)?$/.test(alternative) };
}

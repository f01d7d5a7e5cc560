import ignore, { type Ignore } from 'ignore';

/** An ignore file of another tool. Whatever it excludes stays on the device; it can never widen anything. */
export type ImportedFile = {
  /** The name of the file, such as `.cursorignore`. */
  readonly name: string;
  /** The line and pattern that exclude a path relative to the folder of the file. */
  readonly match: (path: string) => ImportedMatch | undefined;
  readonly patterns: readonly ImportedPattern[];
};

export type ImportedMatch = {
  readonly pattern: string;
  readonly line: number;
  readonly reach: 'device' | 'none';
  readonly why?: string;
};

/** Line counted from one. */
export type ImportedPattern = { readonly pattern: string; readonly line: number };

/** Files that are honoured where they lie, at any depth, with the meaning of `.gitignore`. */
export const importedNames = [
  '.aiignore',
  '.agentignore',
  '.aiexclude',
  '.cursorignore',
  '.codeiumignore',
  '.continueignore',
  '.clineignore',
  '.rooignore',
  '.geminiignore',
  '.qwenignore',
  '.copilotignore',
  '.gooseignore',
  '.aiderignore',
  '.tabnineignore',
  '.augmentignore',
  '.kilocodeignore',
] as const;

/** A file whose mere presence keeps its folder out of every model. */
export const noModelsName = '.noai';

export const importedLimits = { bytes: 256 * 1024, lines: 5000, globstars: 3, costlyLines: 64 } as const;

export type ImportedInput = {
  readonly name: string;
  readonly text: string;
  /** The text of a file that a `.clineignore` includes with `!include`, by the path written there. */
  readonly include?: (path: string) => string | undefined;
};

/**
 * Reads an ignore file. What cannot be read exactly (too long, too costly to match, an include that is missing) holds
 * everything below its folder instead, and says why.
 */
export function readImported({ name, text, include = () => undefined }: ImportedInput): ImportedFile {
  if (name === noModelsName) return everything(name, 'none', undefined);
  if (new TextEncoder().encode(text).length > importedLimits.bytes) {
    return everything(name, 'device', `The file is larger than ${importedLimits.bytes} bytes.`);
  }
  const read = readLines({ name, text, include });
  if (typeof read === 'string') return everything(name, 'device', read);
  const matcher = ignore({ ignorecase: true });
  for (const { pattern, line } of read) matcher.add({ pattern: pattern.normalize('NFC'), mark: String(line) });
  return { name, patterns: read, match: (path) => find(matcher, path) };
}

/** A file that is there but could not be read: everything below its folder stays on the device. */
export function unreadableImported(name: string, why: string): ImportedFile {
  return everything(name, 'device', why);
}

function everything(name: string, reach: 'device' | 'none', why: string | undefined): ImportedFile {
  const match: ImportedMatch = { pattern: '*', line: 1, reach, ...(why === undefined ? {} : { why }) };
  return { name, patterns: [{ pattern: '*', line: 1 }], match: () => match };
}

/** The patterns, or why the file cannot be trusted to say what it means. */
function readLines({ name, text, include }: Required<ImportedInput>): readonly ImportedPattern[] | string {
  const patterns: ImportedPattern[] = [];
  let costly = 0;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const included = name === '.clineignore' ? /^!include\s+(.+?)\s*$/.exec(raw)?.[1] : undefined;
    const content = included === undefined ? raw : include(included);
    if (content === undefined) return `Line ${index + 1} includes ${included ?? ''}, which cannot be read.`;
    for (const pattern of content.split(/\r?\n/)) {
      if (pattern.trim() === '' || pattern.startsWith('#')) continue;
      const globstars = pattern.split('**').length - 1;
      if (globstars > importedLimits.globstars)
        return `Line ${index + 1} has more than ${importedLimits.globstars} times **.`;
      if (globstars > 1) costly++;
      patterns.push({ pattern, line: index + 1 });
    }
  }
  if (patterns.length > importedLimits.lines) return `The file has more than ${importedLimits.lines} patterns.`;
  if (costly > importedLimits.costlyLines) return `More than ${importedLimits.costlyLines} lines have several **.`;
  return patterns;
}

function find(matcher: Ignore, path: string): ImportedMatch | undefined {
  const result = matcher.test(path.normalize('NFC'));
  if (!result.ignored) return undefined;
  return { pattern: result.rule?.pattern ?? '*', line: Number(result.rule?.mark ?? 1), reach: 'device' };
}

import { expandBraces } from './braces.ts';
import { builtInRules } from './builtIn.ts';
import { patternLimits } from './pattern.ts';
import type { PolicyFile } from './policyFile.ts';

export type IgnoreExport = {
  /** The file to write, such as `.cursorignore`. */
  readonly name: string;
  /** Whether the policy stands at the root of a workspace folder; only there the built-in rules are written out. */
  readonly root: boolean;
};

/** How every file that is written here begins. */
export const exportMark = '# Written by Ringfence';

/**
 * Writes what a policy keeps from the cloud as an ignore file for another tool. Ignore files know no zones: whatever may not
 * go everywhere is excluded. They know no exact exceptions either, so those are left out, and more is excluded than the
 * policy asks for. Never less, in tools that compare names without regard to case as most of them do.
 */
export function exportIgnore(policy: PolicyFile, { name, root }: IgnoreExport): string {
  const closed = (policy.reach?.value ?? (root ? 'device' : 'cloud')) !== 'cloud';
  const rules = policy.rules.filter(({ reach }) => reach !== 'cloud');
  return [
    `${exportMark} from .ringfence.jsonc. Change that file and write this one anew.`,
    `# ${name} is a courtesy of the tool that reads it and no boundary: see what its documentation leaves out.`,
    ...(closed ? ['', '# The policy keeps every file of this folder from the cloud.', '*'] : []),
    ...(root ? builtInLines() : []),
    ...rules.flatMap(({ id, files, reason }) => [
      '',
      `# ${id}${reason === undefined ? '' : `: ${reason.replaceAll(/\s+/g, ' ')}`}`,
      ...distinct(files.flatMap(({ source }) => ignoreLines(source))),
    ]),
    '',
  ].join('\n');
}

/** The templates are let through where they can be: before any other rule, so that none is let through with them. */
function builtInLines(): readonly string[] {
  const [first, ...others] = builtInRules;
  if (!first) return [];
  const lines = (rule: typeof first): readonly string[] => rule.files.flatMap(({ source }) => ignoreLines(source));
  return [
    '',
    `# ${first.id}: ${first.reason}`,
    ...lines(first),
    // The files of these names, and not what a folder of such a name may hold.
    ...first.except.flatMap(({ source }) => ignoreLines(source)).flatMap((line) => [`!${line}`, `${line}/`]),
    ...others.flatMap((rule) => ['', `# ${rule.id}: ${rule.reason}`, ...lines(rule)]),
  ];
}

/** One line for each alternative, in the dialect of `.gitignore`, which has no braces. */
function ignoreLines(source: string): readonly string[] {
  const expansion = expandBraces(source, patternLimits.alternatives);
  return expansion.kind === 'expanded' ? expansion.patterns.map(ignoreLine) : [];
}

function ignoreLine(pattern: string): string {
  // A folder's line ends bare: with the slash it would miss a link of that name.
  const bare = pattern.replace(/\/$/, '').replace(/(?:\/\*\*)+$/, '');
  const anchored = pattern.startsWith('/') || bare.includes('/');
  const line = anchored && !bare.startsWith('/') && !bare.startsWith('**/') ? `/${bare}` : bare;
  return line.replace(/^[#!]/, '\\$&');
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

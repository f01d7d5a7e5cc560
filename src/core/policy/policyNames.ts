import type { PolicyDocument } from './document.ts';
import { importedNames, noModelsName } from './imported.ts';
import { policyFileName } from './starter.ts';

/** The names of all files that speak of the policy of the folder they lie in. */
export const policyNames: readonly string[] = [policyFileName, noModelsName, ...importedNames];

/** Whether a file of that name speaks of the policy. Case counts: on no system is another spelling the usual one. */
export function isPolicyName(name: string): boolean {
  return names.has(name);
}

/** What the `!include` lines of a `.clineignore` name, in the words of the file. */
export function includedPaths({ file, content }: PolicyDocument): readonly string[] {
  if (!file.endsWith('/.clineignore') || content.kind !== 'text') return [];
  return Array.from(content.text.matchAll(/^!include\s+(.+?)\s*$/gm), (found) => found[1] ?? '');
}

const names: ReadonlySet<string> = new Set(policyNames);

import type { PolicyDocument } from './document.ts';
import { readImported, unreadableImported, type ImportedFile } from './imported.ts';
import { liftFromPolicy } from './liftFromPolicy.ts';
import { liftFromImported } from './liftImported.ts';
import { parsePolicy } from './parse.ts';
import type { PolicyFile, PolicyFileKind } from './policyFile.ts';
import type { FileProblem } from './problem.ts';

/** A document, read. Ignore files always read as something; at worst they hold everything below their folder. */
export type ReadDocument =
  | {
      readonly kind: 'policy';
      readonly document: PolicyDocument;
      readonly layer: PolicyFileKind;
      readonly policy: PolicyFile;
    }
  | { readonly kind: 'imported'; readonly document: PolicyDocument; readonly imported: ImportedFile }
  | { readonly kind: 'invalid'; readonly document: PolicyDocument; readonly problems: readonly FileProblem[] };

/** Reads one document. `productVersion` is compared with the file's `minVersion`. */
export function readDocument(document: PolicyDocument, productVersion: string): ReadDocument {
  const { layer, content, file, lifts = [] } = document;
  if (layer === 'imported')
    return { kind: 'imported', document, imported: liftFromImported(readIgnoreFile(document), lifts) };
  if (content.kind === 'unreadable') return invalid(document, content.why);
  const parsed = parsePolicy(content.text, layer);
  if (parsed.kind === 'invalid') {
    return { kind: 'invalid', document, problems: parsed.problems.map((problem) => ({ ...problem, file })) };
  }
  const { minVersion } = parsed.policy;
  if (minVersion !== undefined && isOlder(productVersion, minVersion)) {
    return invalid(document, `This policy needs Ringfence ${minVersion}; this is ${productVersion}. Update Ringfence.`);
  }
  return { kind: 'policy', document, layer, policy: liftFromPolicy(parsed.policy, lifts) };
}

function readIgnoreFile({ file, content }: PolicyDocument): ImportedFile {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (content.kind === 'unreadable') return unreadableImported(name, content.why);
  const { text, includes = {} } = content;
  return readImported({ name, text, include: (path) => (Object.hasOwn(includes, path) ? includes[path] : undefined) });
}

function invalid(document: PolicyDocument, message: string): ReadDocument {
  const problem = { message, line: 1, column: 1, offset: 0, length: 1, file: document.file };
  return { kind: 'invalid', document, problems: [problem] };
}

/** Compares `major.minor.patch`; what follows a hyphen does not count. */
function isOlder(version: string, least: string): boolean {
  const parts = (text: string): readonly number[] =>
    text
      .replace(/[-+].*$/, '')
      .split('.')
      .map(Number);
  const [a, b] = [parts(version), parts(least)];
  for (const [index, wanted] of b.entries()) {
    const is = a[index] ?? 0;
    if (is !== wanted) return !(is > wanted);
  }
  return false;
}

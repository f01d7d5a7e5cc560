import type { Lift } from './lift.ts';
import type { PolicyFileKind } from './policyFile.ts';
import type { FileVersion } from './source.ts';

/** A policy or ignore file as found, before anything is made of it. */
export type PolicyDocument = {
  readonly layer: PolicyFileKind | 'imported';
  /** URI or path; with `version` it names the document. */
  readonly file: string;
  /** The workspace folder (its URI, without a slash at the end) of a workspace, nested or imported file. */
  readonly folder?: string;
  /** The folder of the file below its workspace folder, `/` between names; absent at the root. */
  readonly base?: string;
  /** Of a file in a folder around its workspace folder: the path of the workspace folder below that one. It can only narrow. */
  readonly above?: string;
  readonly version: FileVersion;
  readonly content: DocumentContent;
  /** What the user has accepted of later changes: the file holds without it. */
  readonly lifts?: readonly Lift[];
};

export type DocumentContent =
  /** Decoded from UTF-8, a byte order mark left in place. `includes`: what `!include` lines of the file name, by the words there. */
  | { readonly kind: 'text'; readonly text: string; readonly includes?: Readonly<Record<string, string>> }
  /** There is something of that name that is no readable file. Why, as a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Tells one document from another. */
export function documentKey(document: PolicyDocument): string {
  return `${document.version}\n${fileKey(document)}`;
}

/** Tells one file from another, whichever version; a file may speak in two workspace folders that hold each other. */
export function fileKey({ folder = '', file }: Pick<PolicyDocument, 'folder' | 'file'>): string {
  return `${folder}\n${file}`;
}

/** A text that is the same exactly where the documents are, versions included, whatever their order. */
export function fingerprintText(documents: readonly PolicyDocument[]): string {
  return documents
    .map((document) => `${document.version} ${statement(document)}`)
    .sort()
    .join('\n');
}

/** The same for what the documents say together: a version that repeats another adds nothing. */
export function meaningText(documents: readonly PolicyDocument[]): string {
  return [...new Set(documents.map(statement))].sort().join('\n');
}

/** Whether two lists hold the same documents with the same texts. */
export function sameDocuments(a: readonly PolicyDocument[], b: readonly PolicyDocument[]): boolean {
  const [texts, others] = [a, b].map((documents) => documents.map(exactly).sort());
  return a.length === b.length && texts?.join('\n') === others?.join('\n');
}

function exactly(document: PolicyDocument): string {
  return JSON.stringify([documentKey(document), document.content, document.lifts ?? []]);
}

function statement({ layer, file, folder, base, content, lifts = [] }: PolicyDocument): string {
  const said = content.kind === 'text' ? [content.text, includesOf(content)] : [content.kind];
  return JSON.stringify([layer, file, folder, base, said, ...lifts]);
}

function includesOf({ includes = {} }: Extract<DocumentContent, { kind: 'text' }>): readonly (readonly string[])[] {
  return Object.entries(includes).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Decodes the bytes of a file; what is not UTF-8 cannot be read. */
export function decodeDocument(bytes: Uint8Array): DocumentContent {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    return { kind: 'unreadable', why: 'The file is saved as UTF-16. Save it as UTF-8.' };
  }
  // The decoder would swallow the mark; the parser has to see it to refuse it.
  const mark = a === 0xef && b === 0xbb && c === 0xbf ? '\uFEFF' : '';
  try {
    return { kind: 'text', text: mark + new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'unreadable', why: 'The file is not UTF-8. Save it as UTF-8.' };
  }
}

import * as vscode from 'vscode';
import type { DocumentSnapshot } from '../core/completion/documentSnapshot.ts';
import { joinLabels, labelled, labelOf, type Label, type Labelled } from '../core/label/labelled.ts';
import type { LineRange, Provenance } from '../core/label/provenance.ts';
import { withPatchedFiles } from '../core/label/patchedFiles.ts';
import type { Resource } from '../core/label/resource.ts';
import type { PolicyPort } from '../core/policy/port.ts';
import { isUnread } from '../core/policy/state.ts';
import { hasFile, namesUri } from './namesUri.ts';

/** Finds every name of a resource. `known` answers at once from what was resolved a moment ago. */
export type ResourceSource = {
  readonly known: (uri: string) => Resource | undefined;
  readonly resolve: (uri: string) => Promise<Resource>;
};

/** The one way in which the editor's texts are read: each comes out labelled, as the policy stands at that moment. */
export type Reader = {
  /** Whether the names of a document and the policy are known; if not, they are looked up and soon will be. */
  readonly isReady: (document: vscode.TextDocument) => boolean;
  /** At once. While the names of the document are still being resolved, its text may reach no model. */
  readonly document: (document: vscode.TextDocument) => DocumentSnapshot;
  /** With every name resolved anew. */
  readonly resolved: (document: vscode.TextDocument) => Promise<DocumentSnapshot>;
  /** A part of a document, with every name resolved anew. Lines from zero, end exclusive. */
  readonly lines: (document: vscode.TextDocument, range: LineRange) => Promise<Labelled>;
  /** A file that no editor has open; undefined where it is gone, not text, or longer than `mostBytes`. */
  readonly file: (uri: vscode.Uri, mostBytes: number) => Promise<Pick<DocumentSnapshot, 'uri' | 'text'> | undefined>;
  /** The label that a document's text has now. */
  readonly label: (document: vscode.TextDocument, range?: LineRange) => Label;
};

type Dependencies = {
  readonly resources: ResourceSource;
  /** `ready` resolves once the policy was read for the first time, or took too long for anyone to wait. */
  readonly policy: PolicyPort & { readonly ready: Promise<void> };
};

/** Creates the reader. No other file of the extension takes text from a document. */
export function createReader({ resources, policy }: Dependencies): Reader {
  const isReady = (document: vscode.TextDocument): boolean => {
    const uri = namesUri(document);
    const isNamed = resources.known(uri) !== undefined;
    if (!isNamed) void resources.resolve(uri);
    return isNamed && !isUnread(policy.current());
  };
  const known = (document: vscode.TextDocument, range?: LineRange): Label => {
    const resource = isReady(document) ? resources.known(namesUri(document)) : undefined;
    return resource ? labelHere(policy, document, { resource, range }) : notYet(document);
  };
  const fresh = async (document: vscode.TextDocument, range?: LineRange): Promise<Label> => {
    const [resource] = await Promise.all([resources.resolve(namesUri(document)), policy.ready]);
    return labelHere(policy, document, { resource, range });
  };
  return {
    isReady,
    label: known,
    document: (document) => snapshot(document, known(document)),
    resolved: async (document) => snapshot(document, await fresh(document)),
    file: async (uri, mostBytes) => {
      const text = await readText(uri, mostBytes);
      if (text === undefined) return undefined;
      const [found] = await Promise.all([resources.resolve(uri.toString()), policy.ready]);
      const resource = withPatchedFiles(found, text);
      return { uri: uri.toString(), text: labelled(text, labelFrom(policy, { kind: 'file', resource })) };
    },
    lines: async (document, range) => {
      const end = document.lineAt(Math.max(range.start, Math.min(range.end, document.lineCount) - 1)).range.end;
      return labelled(
        document.getText(new vscode.Range(new vscode.Position(range.start, 0), end)),
        await fresh(document, range),
      );
    },
  };
}

/** The path that people and models read: below the workspace folder, with the folder's name where there are several. */
export function displayPath(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function snapshot(document: vscode.TextDocument, label: Label): DocumentSnapshot {
  return {
    uri: document.uri.toString(),
    display: displayPath(document.uri),
    languageId: document.languageId,
    version: document.version,
    text: labelled(document.getText(), label),
    indent: indentOf(document),
  };
}

async function readText(uri: vscode.Uri, mostBytes: number): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > mostBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

function labelFrom(policy: PolicyPort, provenance: Provenance): Label {
  const { reach, rules } = policy.decide(provenance);
  return labelOf([{ provenance, reach, rules }]);
}

type Named = { readonly resource: Resource; readonly range: LineRange | undefined };

/** A document that is not saved yet goes no farther than such documents may, nor than the file may that it was opened for. */
function labelHere(policy: PolicyPort, document: vscode.TextDocument, named: Named): Label {
  const uri = document.uri.toString();
  const untitled = document.isUntitled ? [labelFrom(policy, { kind: 'untitled', uri })] : [];
  return hasFile(document)
    ? joinLabels([labelFrom(policy, fileAt(document, named)), ...untitled])
    : joinLabels(untitled);
}

function fileAt(document: vscode.TextDocument, { resource, range }: Named): Provenance {
  return { kind: 'file', resource: withPatchedFiles(resource, document.getText()), ...(range && { range }) };
}

/** Until its names are known, a text goes to no model at all: a rule may keep it even from those on this machine. */
function notYet(document: vscode.TextDocument): Label {
  const uri = document.uri.toString();
  const resource: Resource = { uri, display: displayPath(document.uri), names: [], doubt: 'could not be resolved' };
  return labelOf([{ provenance: { kind: 'file', resource }, reach: 'none', rules: [] }]);
}

function indentOf(document: vscode.TextDocument): DocumentSnapshot['indent'] {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  return { tabs: insertSpaces === false, size: typeof tabSize === 'number' ? tabSize : 4 };
}

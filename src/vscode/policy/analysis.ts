import * as vscode from 'vscode';
import { documentFor } from '../../core/policy/documentFor.ts';
import type { Coverage } from '../../core/policy/editor/coverage.ts';
import type { Finding } from '../../core/policy/editor/finding.ts';
import { hintsFor } from '../../core/policy/editor/hints.ts';
import { outlineOf, type Outline } from '../../core/policy/editor/outline.ts';
import type { PolicyFile, PolicyFileKind } from '../../core/policy/policyFile.ts';
import type { PolicyProblem } from '../../core/policy/problem.ts';
import { readDocument } from '../../core/policy/readDocument.ts';
import { policyFileName } from '../../core/policy/starter.ts';
import { folderKey } from './files.ts';

/** Everything known about one version of a policy that is open in the editor. */
export type Analysis = {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** Only to point at places in it and to edit it: it is for no model. */
  readonly text: string;
  readonly kind: PolicyFileKind;
  /** The folder that the policy speaks for. */
  readonly folder: vscode.Uri;
  readonly outline: Outline;
  /** Absent where it has an error. */
  readonly policy?: PolicyFile;
  readonly problems: readonly PolicyProblem[];
  readonly findings: readonly Finding[];
  /** Absent while files are being listed and counted. */
  readonly coverage?: Coverage;
  readonly today: string;
};

/** Whether a document is a policy file of the workspace: not a former version of one, nor one side of a comparison. */
export function isPolicyDocument(document: vscode.TextDocument): boolean {
  const { uri } = document;
  return uri.path.endsWith(`/${policyFileName}`) && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Reads a policy document as it stands in the editor, saved or not, by the parser that decides what holds. */
export function analyse(document: vscode.TextDocument, productVersion: string): Analysis {
  const text = document.getText();
  const read = readDocument(placed(document, text), productVersion);
  const bare = {
    document,
    version: document.version,
    text,
    kind: read.document.layer === 'nested' ? ('nested' as const) : ('workspace' as const),
    folder: vscode.Uri.joinPath(document.uri, '..'),
    outline: outlineOf(text),
    today: new Date().toISOString().slice(0, 10),
  };
  if (read.kind !== 'policy') return { ...bare, problems: read.kind === 'invalid' ? read.problems : [], findings: [] };
  return withFindings({ ...bare, problems: [], findings: [], policy: read.policy });
}

/** The same with its files counted for this very analysis. */
export function withCoverage(analysis: Analysis, coverage: Coverage): Analysis {
  return withFindings({ ...analysis, coverage });
}

function withFindings(analysis: Analysis): Analysis {
  const { policy, outline, today, coverage } = analysis;
  if (!policy) return analysis;
  const silentReach = analysis.kind === 'nested' ? 'cloud' : 'device';
  return { ...analysis, findings: hintsFor({ outline, policy, today, silentReach, ...(coverage && { coverage }) }) };
}

function placed({ uri }: vscode.TextDocument, text: string) {
  const content = { kind: 'text' as const, text };
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const file = uri.toString();
  const below = folder ? uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1) : policyFileName;
  const document = documentFor(
    { folder: folder ? folderKey(folder.uri) : file, below, version: 'working tree' },
    content,
  );
  return document ?? { layer: 'workspace' as const, file, version: 'working tree' as const, content };
}

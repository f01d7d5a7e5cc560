import * as vscode from 'vscode';
import type { AttachmentSource, FoundFile, ReadResult } from '../../assistant/converse/ports.ts';
import type { PolicyPort } from '../../core/policy/port.ts';
import { displayPath, type Reader, type ResourceSource } from '../reader.ts';

type Dependencies = { readonly reader: Reader; readonly resources: ResourceSource; readonly policy: PolicyPort };

/** Bytes above which a file is not read whole into a question. */
const mostBytes = 512 * 1024;
const mostFound = 12;

/** Reads what the user attaches to a question, every piece with the label of its file. */
export function createAttachments({ reader, resources, policy }: Dependencies): AttachmentSource {
  const whole = async (document: vscode.TextDocument): Promise<ReadResult> => {
    const { uri, display, text } = await reader.resolved(document);
    if (text.length > mostBytes) return nothing(`${display} is too large to attach; select the part you mean.`);
    return { kind: 'read', document: { uri, title: display, whole: true, text } };
  };
  return {
    activeFile: async () => {
      const document = lastTextEditor()?.document;
      return document ? whole(document) : nothing('No file is open.');
    },
    selection: async () => {
      const editor = lastTextEditor();
      if (!editor || editor.selection.isEmpty) return nothing('Nothing is selected.');
      const { start, end } = editor.selection;
      const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
      const text = await reader.lines(editor.document, { start: start.line, end: last });
      const title = `${displayPath(editor.document.uri)}:${start.line + 1}-${last}`;
      return { kind: 'read', document: { uri: editor.document.uri.toString(), title, whole: false, text } };
    },
    file: async (uri) => {
      try {
        const target = vscode.Uri.parse(uri, true);
        // What is open is read as it stands there; a document without a name is nowhere else.
        const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
        if (open) return await whole(open);
        if ((await vscode.workspace.fs.stat(target)).size > mostBytes)
          return nothing(`${displayPath(target)} is too large to attach; select the part you mean.`);
        return await whole(await vscode.workspace.openTextDocument(target));
      } catch {
        return nothing('This file could not be read as text.');
      }
    },
    find: async (query, signal) => {
      const found = await findFiles(query, signal);
      return Promise.all(found.map((uri) => describe(uri, { resources, policy })));
    },
  };
}

/** The editor that was active last, even while the chat panel has the focus. */
function lastTextEditor(): vscode.TextEditor | undefined {
  return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
}

async function findFiles(query: string, signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  const cancel = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancel.cancel(), { once: true });
  try {
    const letters = Array.from(query.trim().slice(0, 80), (letter) =>
      /[\p{L}\p{N}._/-]/u.test(letter) ? letter : '?',
    );
    const pattern = letters.length === 0 ? '**/*' : `**/*${letters.map(anyCase).join('')}*`;
    const found = await vscode.workspace.findFiles(pattern, '**/{node_modules,.git}/**', 200, cancel.token);
    return found
      .toSorted((a, b) => displayPath(a).length - displayPath(b).length || a.path.localeCompare(b.path))
      .slice(0, mostFound);
  } finally {
    cancel.dispose();
  }
}

function anyCase(letter: string): string {
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  return lower === upper || lower.length !== 1 || upper.length !== 1 ? letter : `[${lower}${upper}]`;
}

async function describe(uri: vscode.Uri, { resources, policy }: Omit<Dependencies, 'reader'>): Promise<FoundFile> {
  const resource = await resources.resolve(uri.toString());
  const decision = policy.decide({ kind: 'file', resource });
  const [rule] = decision.rules;
  const path = displayPath(uri);
  return {
    uri: uri.toString(),
    name: path.split('/').at(-1) ?? path,
    folder: path.split('/').slice(0, -1).join('/'),
    reach: decision.reach,
    why: decision.doubt ?? (rule ? `Rule ${rule.id}${rule.reason ? `: ${rule.reason}` : ''}` : ''),
  };
}

function nothing(message: string): ReadResult {
  return { kind: 'nothing', message };
}

import * as vscode from 'vscode';
import type { Provenance } from '../../core/label/provenance.ts';
import { nearest } from '../../core/label/reach.ts';
import { explainRows, type ExplainContext, type ExplainLine } from '../../core/policy/editor/explainRows.ts';
import { placeNames } from '../../core/policy/editor/words.ts';
import { explain, type Explanation } from '../../core/policy/explain.ts';
import { hasFile, namesUri } from '../namesUri.ts';
import type { ResourceSource } from '../reader.ts';
import { shortPlace, showPlace } from './place.ts';
import type { PolicyStore } from './store.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

/** Shows how far a file may go and everything that led to it. Opens no connection and reads nothing of the file itself. */
export async function explainFile(dependencies: Dependencies, uri: vscode.Uri | undefined): Promise<void> {
  if (!uri) {
    void vscode.window.showInformationMessage('Open the file that you want explained.');
    return;
  }
  const { policy } = dependencies;
  await policy.ready;
  const provenance = await provenanceOf(uri, dependencies);
  const state = policy.current();
  const explanation = explain({ state, decision: policy.decide(provenance) }, provenance);
  show(explanation, { pending: state.pending, ...unseenOf(uri) });
}

/** Of a document that is not saved yet, what keeps it nearer: that, or the file it is to be. */
async function provenanceOf(uri: vscode.Uri, { policy, resources }: Dependencies): Promise<Provenance> {
  const document = { uri, isUntitled: uri.scheme === 'untitled' };
  const unsaved: Provenance | undefined = document.isUntitled ? { kind: 'untitled', uri: uri.toString() } : undefined;
  if (unsaved && !hasFile(document)) return unsaved;
  const file: Provenance = { kind: 'file', resource: await resources.resolve(namesUri(document)) };
  const { reach } = policy.decide(file);
  return unsaved && nearest(policy.decide(unsaved).reach, reach) !== reach ? unsaved : file;
}

type Item = vscode.QuickPickItem & { readonly line?: ExplainLine };

type Beside = Pick<ExplainContext, 'pending' | 'unseen'>;

/** What the editor alone can reach is seen less of. */
function unseenOf(uri: vscode.Uri): Pick<Beside, 'unseen'> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder || folder.uri.scheme === 'file') return {};
  return { unseen: 'Not known on another machine: what is committed, hard links, former names.' };
}

function show(explanation: Explanation, beside: Beside): void {
  const list = vscode.window.createQuickPick<Item>();
  list.title = `How far may ${explanation.subject} go?`;
  list.placeholder = `Farthest place: ${placeNames[explanation.reach]}`;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.buttons = [copyButton];
  list.items = explainRows({ explanation, place: shortPlace, ...beside }).map((row) =>
    row.kind === 'title'
      ? { label: row.label, kind: vscode.QuickPickItemKind.Separator }
      : {
          label: `$(${row.icon}) ${row.label}`,
          ...(row.description !== undefined && { description: row.description }),
          ...(row.detail !== undefined && { detail: row.detail }),
          line: row,
        },
  );
  list.onDidTriggerButton(() => {
    void vscode.env.clipboard.writeText(JSON.stringify(explanation, undefined, 2));
    list.hide();
  });
  list.onDidAccept(() => {
    const line = list.selectedItems[0]?.line;
    list.hide();
    if (line) void follow(line);
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

const copyButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: 'Copy as JSON',
};

/** Goes where a line points to; text that is to be written there waits on the clipboard. */
async function follow({ open, insert }: ExplainLine): Promise<void> {
  if (insert !== undefined) {
    await vscode.env.clipboard.writeText(insert);
    vscode.window.setStatusBarMessage('$(copy) The text to add is on the clipboard.', 8000);
  }
  if (open) await showPlace(open.file, open.line);
}

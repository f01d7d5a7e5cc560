import * as vscode from 'vscode';
import type { Receipt } from '../../core/audit/receipt.ts';
import { requestRow, type RequestRow } from '../../core/status/requestTree.ts';

/** The request log: every request of this window, newest first, each explained below its row. */
export type RequestLog = vscode.Disposable & { readonly add: (receipt: Receipt) => void };

/** How many requests the view keeps; the ledger on disk keeps them all. */
const kept = 500;

/** Registers the view `ringfence.requests` and its commands. */
export function createRequestLog(): RequestLog {
  const changed = new vscode.EventEmitter<void>();
  let rows: readonly RequestRow[] = [];
  const view = vscode.window.createTreeView<RequestRow>('ringfence.requests', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => [...(row?.children ?? rows)],
      getTreeItem,
    },
  });
  const set = (next: readonly RequestRow[]): void => {
    rows = next;
    changed.fire();
  };
  const registered = vscode.Disposable.from(
    changed,
    view,
    vscode.commands.registerCommand('ringfence.requests.show', () =>
      vscode.commands.executeCommand('ringfence.requests.focus'),
    ),
    vscode.commands.registerCommand('ringfence.requests.clear', () => set([])),
  );
  return {
    add: (receipt) => set([requestRow(receipt), ...rows].slice(0, kept)),
    dispose: () => void registered.dispose(),
  };
}

function getTreeItem(row: RequestRow): vscode.TreeItem {
  const state =
    row.children.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(row.label, state);
  item.id = row.id;
  if (row.description !== undefined) item.description = row.description;
  if (row.tooltip !== undefined) item.tooltip = row.tooltip;
  item.iconPath = new vscode.ThemeIcon(row.icon);
  item.accessibilityInformation = { label: [row.label, row.description ?? ''].join(', ') };
  if (row.open) item.command = openCommand(row.open);
  else if (row.setting !== undefined) item.command = settingCommand(row.setting);
  return item;
}

function openCommand(open: { readonly file: string; readonly line: number }): vscode.Command {
  const at = new vscode.Range(open.line - 1, 0, open.line - 1, 0);
  const uri = open.file.includes('://') ? vscode.Uri.parse(open.file) : vscode.Uri.file(open.file);
  return {
    command: 'vscode.open',
    title: 'Open Rule',
    arguments: [uri, { selection: at } satisfies vscode.TextDocumentShowOptions],
  };
}

function settingCommand(name: string): vscode.Command {
  return { command: 'workbench.action.openSettings', title: 'Open Setting', arguments: [name] };
}

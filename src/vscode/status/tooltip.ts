import * as vscode from 'vscode';
import { describeRecent, tooltipCommands } from '../../core/status/describeRecent.ts';
import type { ServedByState } from '../../core/status/servedBy.ts';

/** What the status bar tells on a second look. */
export function tooltip(state: ServedByState): vscode.MarkdownString {
  const text = new vscode.MarkdownString(describeRecent(state), true);
  text.isTrusted = { enabledCommands: [...tooltipCommands] };
  text.supportHtml = false;
  return text;
}

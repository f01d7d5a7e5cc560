import * as vscode from 'vscode';
import type { InlineSettings } from '../assistant/completeInlinePorts.ts';
import { isFimFamily } from '../core/prompt/fimFamilies.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { ModelRef } from '../core/exchange/model.ts';

/** What inline completion reads of the settings. */
export function inlineSettings({ completion, contextLength }: Settings, models: readonly ModelRef[]): InlineSettings {
  const { trigger, delay, lines, maxLines, warm, templates } = completion;
  return {
    models,
    trigger,
    delay,
    lines,
    maxLines,
    contextLength,
    warm,
    templateFor: ({ model }) => {
      const chosen = templates[model];
      return chosen === 'suffix' || isFimFamily(chosen) ? chosen : undefined;
    },
  };
}

/** Whether the user wants suggestions in this document: the switch, the language, the excluded files. */
export function wantsCompletion({ completion }: Settings, document: vscode.TextDocument): boolean {
  const { enabled, languages, exclude } = completion;
  if (!enabled || !(languages[document.languageId] ?? languages['*'] ?? true)) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return !exclude.some((pattern) => vscode.languages.match(filterOf(pattern, folder), document) > 0);
}

/** A gitignore-like pattern as the editor's own matcher takes it: without a slash it holds at any depth. */
function filterOf(pattern: string, folder: vscode.WorkspaceFolder | undefined): vscode.DocumentFilter {
  const trimmed = pattern.replace(/\/$/, '');
  const anchored = trimmed.startsWith('/') ? trimmed.slice(1) : trimmed.includes('/') ? trimmed : `**/${trimmed}`;
  const glob = `{${anchored},${anchored}/**}`;
  return { pattern: folder ? new vscode.RelativePattern(folder, glob) : glob };
}

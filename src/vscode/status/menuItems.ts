import * as vscode from 'vscode';
import { createSwitches, languageOn, patternOf } from '../../core/completion/switches.ts';
import { scopeWords } from '../../core/completion/why/scopeWords.ts';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { CompletionSettings, Settings } from '../../core/settings/settings.ts';
import { mendFor } from '../../core/status/mend.ts';
import type { StatusProblem } from '../../core/status/problem.ts';
import { switchedOf } from '../completion/settings.ts';
import { decidingScope, decidingScopeOfEntry, writeEntry, writeSetting } from '../settings/settingScope.ts';
import { chooseDelay, chooseLength, delayWords, lengthWords } from './menuChoices.ts';

export type MenuItem = vscode.QuickPickItem & { readonly run?: () => unknown };

/** What the menu does by itself. */
export type MenuActs = {
  readonly toggle: () => unknown;
  readonly snooze: () => unknown;
  readonly snoozeEnd: () => void;
};

type MenuState = {
  readonly completion: CompletionSettings;
  readonly chat: Settings['chat'];
  readonly problem: StatusProblem | undefined;
  readonly snoozed: boolean;
  readonly acts: MenuActs;
};

/** Everything that one wants to switch while coding, on one list. */
export function menuItems({ completion, chat, problem, snoozed, acts }: MenuState): readonly MenuItem[] {
  const document = vscode.window.activeTextEditor?.document;
  return [
    ...(problem ? problemItems(problem) : []),
    section('Completion'),
    {
      label: completion.enabled ? '$(circle-slash) Switch completion off' : '$(play) Switch completion on',
      ...decidedBy('completion.enabled'),
      run: acts.toggle,
    },
    ...(document ? [languageItem(completion, document.languageId), ...fileItems(completion, document)] : []),
    snoozed
      ? { label: '$(bell) End the snooze', run: acts.snoozeEnd }
      : { label: '$(bell-slash) Snooze…', run: acts.snooze },
    triggerItem(completion),
    {
      label: '$(watch) Pause before a suggestion…',
      description: delayWords(completion.delay),
      run: () => chooseDelay(),
    },
    {
      label: '$(list-flat) Length of suggestions…',
      description: lengthWords[completion.lines],
      run: () => chooseLength(),
    },
    {
      ...command('$(symbol-misc) Choose the completion model…', 'ringfence.models.selectForCompletion'),
      description: modelWords(completion.model),
    },
    command('$(question) Why this suggestion?', 'ringfence.whyThisSuggestion'),
    section('Chat'),
    command('$(comment) Ask Ringfence', 'ringfence.chat.focusInput'),
    {
      ...command('$(symbol-misc) Choose the chat model…', 'ringfence.models.selectForChat'),
      description: modelWords(chat.model),
    },
    section('What went where'),
    command('$(list-unordered) Show requests', 'ringfence.requests.show'),
    command('$(graph) Privacy report', 'ringfence.report.show'),
    command('$(law) Explain this file', 'ringfence.policy.explainFile'),
    command('$(output) Show the log', 'ringfence.log.show'),
    command('$(gear) Settings', 'workbench.action.openSettings', '@ext:ringfence.ringfence'),
  ];
}

/** What does not work, and what helps. */
function problemItems(problem: StatusProblem): readonly MenuItem[] {
  const mend = mendFor(problem);
  return [
    section('Now'),
    {
      label: `$(warning) ${mend?.label ?? problem.message}`,
      ...(mend ? { detail: problem.message } : problem.action ? { detail: problem.action } : {}),
      run: () => mend && vscode.commands.executeCommand(mend.command, ...mend.args),
    },
  ];
}

function modelWords(model: ModelRef | undefined): string {
  return model ? formatModelRef(model) : 'found by itself';
}

function languageItem(completion: CompletionSettings, language: string): MenuItem {
  const on = languageOn(completion, language);
  return {
    label: on ? `$(circle-slash) Off for ${language} files` : `$(play) On for ${language} files`,
    ...(decidingScopeOfEntry('completion.languages', language) === 'workspace' && inWorkspace),
    run: () => writeEntry('completion.languages', language, !on),
  };
}

/** A file can be left out by its own path; where a wider pattern does it, the menu leads to that pattern. */
function fileItems(completion: CompletionSettings, document: vscode.TextDocument): readonly MenuItem[] {
  const file = switchedOf(document);
  // A path has its meaning in a workspace, and so has the setting that names it.
  if (!vscode.workspace.getWorkspaceFolder(document.uri) || !vscode.workspace.isTrusted) return [];
  const off = createSwitches().off({ ...completion, enabled: true, languages: {} }, file);
  const own = patternOf(file.path);
  const set = (exclude: readonly string[]) => writeSetting('completion.exclude', exclude, 'workspace');
  if (off?.kind !== 'excluded')
    return [{ label: '$(circle-slash) Off for this file', run: () => set([...completion.exclude, own]) }];
  if (completion.exclude.includes(own))
    return [{ label: '$(play) On for this file', run: () => set(completion.exclude.filter((each) => each !== own)) }];
  const label = '$(edit) Change what is left out…';
  return [
    { ...command(label, 'workbench.action.openSettings', 'ringfence.completion.exclude'), description: off.pattern },
  ];
}

function triggerItem({ trigger }: CompletionSettings): MenuItem {
  const automatic = trigger === 'automatic';
  return {
    label: automatic ? '$(keyboard) Suggest by hand only' : '$(keyboard) Suggest while typing',
    ...decidedBy('completion.trigger'),
    run: () => writeSetting('completion.trigger', automatic ? 'manual' : 'automatic'),
  };
}

const inWorkspace = { description: `changes ${scopeWords.workspace}` };

/** Says so where a switch changes a file of the workspace, because that is the one that counts. */
function decidedBy(key: string): { readonly description?: string } {
  return decidingScope(key) === 'workspace' ? inWorkspace : {};
}

function section(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function command(label: string, id: string, ...rest: readonly unknown[]): MenuItem {
  return { label, run: () => vscode.commands.executeCommand(id, ...rest) };
}

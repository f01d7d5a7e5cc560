import * as vscode from 'vscode';
import { createInlineCompletion } from '../assistant/completeInline.ts';
import type { ChatActivity, CompletionEvent, InlineCompletionPorts } from '../assistant/completeInlinePorts.ts';
import type { ModelChoice } from '../assistant/modelChoice.ts';
import type { Guard } from '../core/exchange/guard.ts';
import { clock } from './clock.ts';
import { inlineSettings, wantsCompletion } from './completionSettings.ts';
import { registerInlineCompletion } from './inlineCompletion.ts';
import type { Reader } from './reader.ts';
import type { SettingsSource } from './settings.ts';
import type { Snooze } from './snooze.ts';

type Dependencies = {
  readonly guard: Guard;
  readonly chat: ChatActivity;
  readonly models: ModelChoice;
  readonly reader: Reader;
  readonly settings: SettingsSource;
  readonly snooze: Snooze;
  /** Pieces of other files that help in this one, ready before the key. */
  readonly context: InlineCompletionPorts['context'];
  readonly onDidChooseContext: vscode.Event<string>;
  readonly report: (event: CompletionEvent) => void;
  /** Fires when what was known may no longer hold: the policy changed. */
  readonly onDidChangeGround: vscode.Event<unknown>;
};

/** Inline completion with everything it needs of the editor. */
export function registerCompletion(dependencies: Dependencies): vscode.Disposable {
  const { guard, chat, models, reader, settings, snooze, context, report, onDidChangeGround } = dependencies;
  const completion = createInlineCompletion({
    guard,
    clock,
    chat,
    report,
    context,
    settings: () => inlineSettings(settings.current(), models.forCompletion()),
  });
  return vscode.Disposable.from(
    completion,
    registerInlineCompletion({
      completion,
      read: reader.document,
      onDidChooseContext: dependencies.onDidChooseContext,
      wanted: (document) =>
        snooze.until() === undefined && wantsCompletion(settings.current(), document) && reader.isReady(document),
    }),
    onDidChangeGround(() => completion.reset()),
    settings.onDidChange(() => completion.reset()),
    vscode.commands.registerCommand('ringfence.completion.trigger', () =>
      vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    ),
  );
}

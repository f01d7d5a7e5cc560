import * as vscode from 'vscode';
import { createExplainedCompletion } from '../../assistant/completeInline/explain/explain.ts';
import type { ChatActivity, CompletionEvent, InlineCompletionPorts } from '../../assistant/completeInline/ports.ts';
import { countInline, type TextEdit } from '../../assistant/completeInline/tally.ts';
import type { ModelChoice } from '../../assistant/modelChoice.ts';
import { createSwitches, type Switches } from '../../core/completion/switches.ts';
import type { Unwanted } from '../../core/completion/why/explanation.ts';
import type { Guard } from '../../core/exchange/guard.ts';
import { clock } from '../clock.ts';
import type { Reader } from '../reader.ts';
import type { SettingsSource } from '../settings/settings.ts';
import { isAside } from './facts.ts';
import { registerInlineCompletion } from './inlineCompletion.ts';
import { createReadOnly, type ReadOnly } from './readOnly.ts';
import { inlineSettings, switchedOf, withScope } from './settings.ts';
import type { Snooze } from './snooze.ts';
import { createSpots } from './spots.ts';
import { createTallyStore } from './whyTallies.ts';
import { registerWhy } from './whyThisSuggestion.ts';

export type CompletionDependencies = {
  readonly guard: Guard;
  readonly chat: ChatActivity;
  readonly models: ModelChoice;
  readonly reader: Reader;
  readonly settings: SettingsSource;
  readonly snooze: Snooze;
  /** Where the counts of the last days are kept. */
  readonly memory: vscode.Memento;
  /** Pieces of other files that help in this one, ready before the key. */
  readonly context: InlineCompletionPorts['context'];
  readonly onDidChooseContext: vscode.Event<string>;
  /** Fires when models are known after none were. */
  readonly onDidListModels: vscode.Event<unknown>;
  /** Whether nothing is done here that can wait for the mains. */
  readonly onBattery: () => boolean;
  readonly report: (event: CompletionEvent) => void;
  /** Fires when what was known may no longer hold: the policy changed. */
  readonly onDidChangeGround: vscode.Event<unknown>;
};

/** Inline completion with everything it needs of the editor, and the view that explains it. */
export function startCompletion(dependencies: CompletionDependencies): vscode.Disposable {
  const { guard, chat, models, reader, settings, snooze, memory, context, report } = dependencies;
  const switches = createSwitches();
  const readOnly = createReadOnly();
  const isOff = (document: vscode.TextDocument) => switches.off(settings.current().completion, switchedOf(document));
  const { completion: explained, explain } = createExplainedCompletion({
    guard,
    // Pauses are counted by a clock that nobody sets: one put back by an hour would make each of them an hour longer.
    clock: { ...clock, now: clock.elapsed },
    elapsed: clock.elapsed,
    chat,
    report,
    context,
    settings: () => {
      const wished = inlineSettings(settings.current(), models.forCompletion());
      return { ...wished, warm: wished.warm && snooze.until() === undefined && !dependencies.onBattery() };
    },
  });
  const tallies = createTallyStore(memory, clock.now);
  const { completion, edited } = countInline(explained, { clock, add: tallies.add, read: readOpen(reader) });
  return vscode.Disposable.from(
    completion,
    tallies,
    // What the engine here said while there was no model must not keep one from being asked.
    dependencies.onDidListModels(() => completion.reset()),
    registerInlineCompletion({
      completion,
      read: createSpots(reader),
      onDidChooseContext: dependencies.onDidChooseContext,
      onDidListModels: dependencies.onDidListModels,
      readOnly,
      whileListOpen: () => settings.current().completion.whileListOpen,
      // Like the editor's own snooze, ours holds back only what comes by itself.
      wanted: (document, byCommand) =>
        (byCommand || snooze.until() === undefined) && !isOff(document) && reader.isReady(document),
    }),
    registerWhy({
      explain,
      week: tallies.week,
      unwanted: (document) => unwanted(dependencies, document, { isOff, readOnly }),
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isAside(document)) edited(document.uri.toString(), contentChanges.map(editOf));
    }),
    dependencies.onDidChangeGround(() => completion.reset()),
    settings.onDidChange(() => completion.reset()),
  );
}

type Known = {
  readonly isOff: (document: vscode.TextDocument) => ReturnType<Switches['off']>;
  readonly readOnly: ReadOnly;
};

/** Why a document gets no suggestions at all, whatever the place in it. */
function unwanted(
  { snooze, reader }: CompletionDependencies,
  document: vscode.TextDocument,
  { isOff, readOnly }: Known,
): Unwanted | undefined {
  const until = snooze.until();
  const off = isOff(document);
  if (isAside(document)) return { kind: 'aside' };
  if (readOnly.has(document)) return { kind: 'read-only' };
  if (off) return withScope(off);
  if (until !== undefined) return { kind: 'snoozed', until };
  if (vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') === false)
    return { kind: 'editor off' };
  return reader.isReady(document) ? undefined : { kind: 'not read yet' };
}

function editOf({ rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent): TextEdit {
  return { offset: rangeOffset, removed: rangeLength, text };
}

function readOpen(reader: Reader) {
  return (uri: string) => {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    return document && reader.document(document).text;
  };
}

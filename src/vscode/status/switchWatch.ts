import * as vscode from 'vscode';
import { createSwitches } from '../../core/completion/switches.ts';
import { snoozedWords, switchedOffWords, type CompletionOff } from '../../core/status/completionOff.ts';
import { isAside } from '../completion/facts.ts';
import { switchedOf } from '../completion/settings.ts';
import type { Snooze } from '../completion/snooze.ts';
import type { SettingsSource } from '../settings/settings.ts';

type Watched = {
  readonly settings: SettingsSource;
  readonly snooze: Snooze;
  /** Told what keeps completion away from the document at hand, at once and after each change. */
  readonly tell: (off: CompletionOff | undefined) => void;
};

/** Watches the user's own switches. Chat goes on, so this tells of completion alone. */
export function watchSwitches({ settings, snooze, tell }: Watched): vscode.Disposable {
  const switches = createSwitches();
  const look = (): void => {
    const document = documentAtHand();
    const { completion } = settings.current();
    // Without a document the switch for all of them still counts.
    const off = document ? switches.off(completion, switchedOf(document)) : completion.enabled ? undefined : everyOff;
    const until = snooze.until();
    if (off) tell(switchedOffWords(off));
    else tell(until === undefined ? undefined : snoozedWords(timeOfDay(until)));
  };
  look();
  return vscode.Disposable.from(
    settings.onDidChange(look),
    snooze.onDidChange(look),
    vscode.window.onDidChangeActiveTextEditor(look),
    // Another language for the same document comes as if it had been closed and opened.
    vscode.workspace.onDidOpenTextDocument(
      (document) => document === vscode.window.activeTextEditor?.document && look(),
    ),
  );
}

/** Output, logs and the like are looked at, not written. */
function documentAtHand(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && !isAside(document) ? document : undefined;
}

const everyOff = { kind: 'off' } as const;

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

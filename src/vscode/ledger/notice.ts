import * as vscode from 'vscode';
import { unlinked } from '../unlinked.ts';

/**
 * Tells of trouble with the request ledger: every time in the log, once per cause and session on the screen. Never throws: a
 * window that is closing has neither any more, and the ledger is to go on.
 */
export function createLedgerNotice(log: (line: string) => void): (why: string) => void {
  const told = new Set<string>();
  const tell = (why: string): void => {
    log(why);
    if (told.has(why)) return;
    told.add(why);
    vscode.window.showWarningMessage(unlinked(`Ringfence: ${why}`)).then(undefined, () => undefined);
  };
  return (why) => {
    try {
      tell(why);
    } catch {
      // Nobody is there to be told.
    }
  };
}

import * as vscode from 'vscode';

/** Tells of trouble with the request ledger: every time in the log, once per cause and session on the screen. */
export function createLedgerNotice(log: (line: string) => void): (why: string) => void {
  const told = new Set<string>();
  return (why) => {
    log(why);
    if (told.has(why)) return;
    told.add(why);
    void vscode.window.showWarningMessage(`Ringfence: ${why}`);
  };
}

import * as vscode from 'vscode';
import type { Receipt } from '../../core/audit/receipt.ts';
import type { StatusProblem } from '../../core/status/problem.ts';
import { servedBy, type ServedByState } from '../../core/status/servedBy.ts';

/** The status bar item `ringfence.servedBy`. `update` merges a change into what is shown. */
export type StatusBar = vscode.Disposable & {
  readonly update: (change: Partial<ServedByState>) => void;
  readonly remember: (receipt: Receipt) => void;
  /** The failure that is told of now. */
  readonly problem: () => StatusProblem | undefined;
};

/** Milliseconds that a request must take before the item shows it running; most completions are over by then. */
const quietMs = 400;
/** Enough that what one types in a minute does not push out the answer before it. */
const remembered = 100;

/** Creates the item. Running is shown only when it lasts, so that the bar does not flicker at every key. */
export function createStatusBar(host: string): StatusBar {
  const item = vscode.window.createStatusBarItem('servedBy', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Ringfence: Served By';
  item.command = 'ringfence.requests.show';
  let state: ServedByState = { recent: [], host };
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let tooltip: ((state: ServedByState) => vscode.MarkdownString) | undefined;

  const draw = (): void => {
    const { text, spoken, warning } = servedBy(state);
    item.text = text;
    item.accessibilityInformation = { label: spoken, role: 'button' };
    item.tooltip = tooltip?.(state);
    item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  const update = (change: Partial<ServedByState>): void => {
    state = { ...state, ...change };
    clearTimeout(quiet);
    const startsQuietly = change.running !== undefined && state.recent.length > 0;
    if (startsQuietly) quiet = setTimeout(draw, quietMs);
    else draw();
  };
  draw();
  item.show();
  // Nobody rests the pointer there while the editor starts.
  void import('./tooltip.ts').then((drawn) => {
    ({ tooltip } = drawn);
    draw();
  });
  return {
    update,
    remember: (receipt) => update({ recent: [receipt, ...state.recent].slice(0, remembered) }),
    problem: () => state.problem,
    dispose: () => {
      clearTimeout(quiet);
      item.dispose();
    },
  };
}

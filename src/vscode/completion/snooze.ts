import * as vscode from 'vscode';

/** A pause that the user has asked for: nothing is suggested until it is over. Lasts no longer than the window. */
export type Snooze = vscode.Disposable & {
  /** Milliseconds since 1970; undefined while nothing is paused. */
  readonly until: () => number | undefined;
  readonly start: (minutes: number) => void;
  readonly end: () => void;
  readonly onDidChange: vscode.Event<void>;
};

/** `now` is milliseconds since 1970. */
export function createSnooze(now: () => number): Snooze {
  const changed = new vscode.EventEmitter<void>();
  let until: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (next: number | undefined): void => {
    clearTimeout(timer);
    until = next;
    if (next !== undefined) timer = setTimeout(() => set(undefined), next - now());
    changed.fire();
  };
  return {
    until: () => until,
    start: (minutes) => set(now() + minutes * 60_000),
    end: () => set(undefined),
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(timer);
      changed.dispose();
    },
  };
}

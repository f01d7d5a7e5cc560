import * as vscode from 'vscode';
import type { Pace } from '../../core/audit/takeFiles.ts';
import { clock } from '../clock.ts';

/**
 * Does a work on the ledger beside everything else. If it takes longer than a moment, a notification says how far it has come
 * and lets the user end it. Gives undefined where the user or the signal ended it.
 */
export async function besideOthers<T>(
  title: string,
  work: (pace: Pace) => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  const cancelling = new AbortController();
  const over = new AbortController();
  const live = AbortSignal.any([signal, cancelling.signal]);
  const far = { done: 0, tell: (): void => undefined };
  const pace: Pace = {
    elapsed: clock.elapsed,
    pause: async () => {
      await othersTurn();
      live.throwIfAborted();
    },
    progress: (done) => {
      far.done = done;
      far.tell();
    },
  };
  void clock.delay(momentMs, over.signal).then(() => {
    if (!over.signal.aborted) void showProgress(title, far, { over: over.signal, cancel: () => cancelling.abort() });
  });
  try {
    return await work(pace);
  } catch (cause) {
    if (live.aborted) return undefined;
    throw cause;
  } finally {
    over.abort();
  }
}

type Far = { done: number; tell: () => void };
type Ends = { readonly over: AbortSignal; readonly cancel: () => void };

function showProgress(title: string, far: Far, { over, cancel }: Ends): Thenable<void> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(cancel);
    let told = 0;
    far.tell = () => {
      const percent = Math.floor(far.done * 100);
      progress.report({ increment: percent - told, message: `${percent} %` });
      told = percent;
    };
    far.tell();
    return new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
  });
}

/** A turn of the event loop, not of the promises alone. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const momentMs = 1000;

import type * as vscode from 'vscode';
import type { ValueIndex } from '../core/scan/valueIndex.ts';
import { classifyHost } from '../core/zone/address.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { WatchedValues } from './valueIndex.ts';
import type { ValuesDependencies } from './valuesDependencies.ts';

/** The values of sensitive files in this workspace. */
export type Values = vscode.Disposable & {
  /** To look for in a text that is about to leave. Waits for the first search through the workspace, but not for long. */
  readonly index: () => Promise<Pick<ValueIndex, 'find' | 'size'>>;
};

/**
 * Looks for values a little after the start where a backend beyond this machine is set up, else with the first request that
 * leaves it: without either there is nothing to look for.
 */
export function composeValues(dependencies: ValuesDependencies): Values {
  const { settings } = dependencies;
  let loading: Promise<WatchedValues> | undefined;
  let ended = false;
  const load = (): Promise<WatchedValues> =>
    (loading ??= import('./valueIndex.ts').then(({ watchValues }) => watchValues(dependencies)));
  const soon = (): void => {
    if (!ended && settings.current().backends.some(mayLeave)) void load().catch(() => undefined);
  };
  const timer = setTimeout(soon, startMs);
  const listener = settings.onDidChange(soon);
  return {
    index: async () => {
      const { index, settled } = await load();
      let late: NodeJS.Timeout | undefined;
      await Promise.race([settled, new Promise((resolve) => (late = setTimeout(resolve, patienceMs)))]);
      clearTimeout(late);
      return index;
    },
    dispose: () => {
      ended = true;
      clearTimeout(timer);
      listener.dispose();
      void loading?.then((values) => values.dispose());
    },
  };
}

function mayLeave({ kind, url }: Settings['backends'][number]): boolean {
  return kind !== 'ollama' || classifyHost(new URL(url).hostname).kind !== 'loopback';
}

/** After the editor has started and shown its first files. */
const startMs = 3_000;
/** A second line of defence does not hold up a request for longer. */
const patienceMs = 2_000;

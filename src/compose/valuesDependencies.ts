import type * as vscode from 'vscode';
import type { Resource } from '../core/label/resource.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { PolicyStore } from '../vscode/policy/store.ts';

/** What the search for sensitive values needs of the world. */
export type ValuesDependencies = {
  readonly policy: PolicyStore;
  /** Every name of a file, looked up anew and not remembered: the search would push out what is. */
  readonly identify: (uri: string) => Promise<Resource>;
  readonly settings: { readonly current: () => Settings; readonly onDidChange: vscode.Event<Settings> };
  readonly log: (line: string) => void;
};

import type * as vscode from 'vscode';
import { builtInPolicy } from '../../src/core/policy/compile.ts';
import type { PolicyPort } from '../../src/core/policy/port.ts';
import { defaultSettings, type LedgerIdentity } from '../../src/core/policy/settings.ts';

/** The editor's secret storage, in memory. */
export type Secrets = vscode.SecretStorage & {
  readonly stored: Map<string, string>;
  /** How often it was asked for something. */
  reads: number;
  /** Whether the editor has gone and answers nothing. */
  gone: boolean;
};

export function createSecrets(): Secrets {
  const stored = new Map<string, string>();
  const secrets: Secrets = {
    stored,
    reads: 0,
    gone: false,
    get: async (name) => {
      if (secrets.gone) throw new Error('Canceled');
      secrets.reads += 1;
      return stored.get(name);
    },
    store: async (name, value) => void stored.set(name, value),
    delete: async (name) => void stored.delete(name),
    keys: async () => [...stored.keys()],
    onDidChange: () => ({ dispose: () => undefined }),
  };
  return secrets;
}

/** A policy that names the person, or does not, as the test says at that moment. */
export function policyWith(identity: () => LedgerIdentity): PolicyPort {
  const policy = builtInPolicy([]);
  return {
    current: () => {
      const settings = { ...defaultSettings, ledger: { required: false, identity: identity() } };
      return { kind: 'loaded', policy: { ...policy, settings }, hash: 'hash', pending: [] };
    },
    decide: () => ({ reach: 'device', rules: [], declassify: 'never' }),
    fresh: async () => true,
  };
}

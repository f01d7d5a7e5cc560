import type { Reach } from '../label/reach.ts';

/** Everything a policy says beside the reach of files, joined over all layers: the strictest statement of each holds. */
export type PolicySettings = {
  readonly unlabelled: UnlabelledReach;
  readonly cloud: CloudSettings;
  readonly scan: ScanPolicy;
  readonly ledger: LedgerPolicy;
  readonly local: LocalPolicy;
};

/** How far text without a file may go. */
export type UnlabelledReach = {
  readonly typed: Reach;
  readonly untitled: Reach;
  readonly clipboard: Reach;
  readonly terminal: Reach;
  readonly tool: Reach;
};

export type CloudSettings = {
  /** Each list is one layer's; a backend must stand in all of them. No list at all: any backend. */
  readonly backends: readonly (readonly string[])[];
  /** Patterns over `backendId/model`, one list per layer; a model must match one pattern of every list. */
  readonly models: readonly (readonly string[])[];
  /** Who may run the model behind an aggregator, one list per layer; names compare without regard to case. */
  readonly upstreams: readonly (readonly string[])[];
  /** Whether a provider may train on or collect what it is sent. */
  readonly dataCollection: Acceptance;
  /** Whether a provider may keep what it is sent after it has answered. */
  readonly retention: Acceptance;
  /** In US dollars per calendar month; absent: no limit. */
  readonly monthlyBudgetUsd?: number;
  /** Whether a farther backend may stand in when the nearer one is down. */
  readonly onOutage: OutageRule;
};

export type ScanPolicy = { readonly secrets: ScanAction; readonly values: ScanAction; readonly pii: ScanAction };

export type LedgerPolicy = {
  /** No ledger, no cloud. */
  readonly required: boolean;
  /** Whether receipts name the person: the system's user and the git identity. */
  readonly identity: LedgerIdentity;
};

export type LocalPolicy = {
  /** A local Ollama counts as this machine only while its own cloud features are switched off. */
  readonly requireOllamaCloudDisabled: boolean;
};

/** Each list below goes from the loosest to the strictest. */
export const acceptances = ['allow', 'deny'] as const;
export const outageRules = ['auto', 'ask', 'never'] as const;
export const scanActions = ['off', 'warn', 'redact', 'block'] as const;
export const ledgerIdentities = ['none', 'user'] as const;

export type Acceptance = (typeof acceptances)[number];
export type OutageRule = (typeof outageRules)[number];
export type ScanAction = (typeof scanActions)[number];
export type LedgerIdentity = (typeof ledgerIdentities)[number];

/** What holds where a policy says nothing. */
export const defaultSettings: PolicySettings = Object.freeze({
  unlabelled: Object.freeze({
    typed: 'cloud',
    untitled: 'device',
    clipboard: 'device',
    terminal: 'device',
    tool: 'device',
  }),
  cloud: Object.freeze({
    backends: Object.freeze([]),
    models: Object.freeze([]),
    upstreams: Object.freeze([]),
    dataCollection: 'deny',
    retention: 'allow',
    onOutage: 'ask',
  }),
  scan: Object.freeze({ secrets: 'block', values: 'block', pii: 'off' }),
  ledger: Object.freeze({ required: false, identity: 'none' }),
  local: Object.freeze({ requireOllamaCloudDisabled: false }),
});

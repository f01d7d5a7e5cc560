import type * as vscode from 'vscode';
import type { Attributes } from '../core/audit/record.ts';
import type { PolicyPort } from '../core/policy/port.ts';

/** What the ledger of a window needs of the world. */
export type LedgerDependencies = {
  /** Outside every workspace. */
  readonly folder: string;
  /** Which program writes it. */
  readonly writer: Attributes;
  readonly secrets: vscode.SecretStorage;
  readonly policy: PolicyPort;
  /** A folder that git may be asked in for the user's identity; undefined where none is trusted. */
  readonly trustedFolder: () => string | undefined;
  /** Told why a record could not be written, in a sentence for the user. */
  readonly trouble: (why: string) => void;
};

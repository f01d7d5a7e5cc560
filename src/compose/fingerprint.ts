import { createHmac } from 'node:crypto';
import type * as vscode from 'vscode';
import { ledgerKey } from './ledgerKey.ts';

/**
 * Keyed hashes of texts, under the key of the ledger that they stand in: whoever has the key can tell whether a text was the
 * one, and nobody else can try short ones. Rejects where the secret storage does.
 */
export async function fingerprint(secrets: vscode.SecretStorage, text: string): Promise<string> {
  const key = await ledgerKey(secrets);
  return createHmac('sha256', key).update('declassified text\0').update(text).digest('hex');
}

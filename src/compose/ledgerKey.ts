import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';

/**
 * The key that the ledger's records are hashed with: 32 random bytes in the editor's secret storage, made at the first call.
 * Rejects where the storage does.
 */
export async function ledgerKey(secrets: vscode.SecretStorage): Promise<Uint8Array> {
  const known = await findLedgerKey(secrets);
  if (known) return known;
  const fresh = randomBytes(keyBytes);
  await secrets.store(secretName, fresh.toString('hex'));
  // Another window may be making one too: both go on with the one that stayed.
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return (await findLedgerKey(secrets)) ?? fresh;
}

/** The key where there is one. */
export async function findLedgerKey(secrets: vscode.SecretStorage): Promise<Uint8Array | undefined> {
  const text = await secrets.get(secretName);
  return text !== undefined && /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}

const secretName = 'ledger key';
const keyBytes = 32;
const settleMs = 200;

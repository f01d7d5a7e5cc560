import * as vscode from 'vscode';
import type { Attributes } from '../core/audit/record.ts';

/** Which program writes the ledger, in OpenTelemetry's words for services and systems where there are some. */
export function ledgerAuthor({ extension }: Pick<vscode.ExtensionContext, 'extension'>): Attributes {
  const { remoteName } = vscode.env;
  return {
    'service.name': 'ringfence',
    'service.version': String(extension.packageJSON.version),
    'vscode.version': vscode.version,
    'os.type': process.platform === 'win32' ? 'windows' : process.platform,
    ...(remoteName !== undefined && { 'remote.kind': remoteName }),
  };
}

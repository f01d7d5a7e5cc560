import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Call } from './command.ts';
import { failed, type Outcome } from './outcome.ts';

/** The folder of a ledger: the one that was named, or the one that an editor on this machine keeps for this user. */
export async function findLedgerFolder({
  operands,
  surroundings,
}: Call): Promise<string | Extract<Outcome, { kind: 'failed' }>> {
  const [wanted] = operands;
  if (wanted !== undefined) {
    const folder = path.resolve(surroundings.cwd, wanted);
    return (await isFolder(folder)) ? folder : failed(`There is no folder ${folder}.`, 'Name the folder of a ledger.');
  }
  const places = ledgerPlaces(surroundings.env);
  const found = [];
  for (const place of places) if (await isFolder(place)) found.push(place);
  const [only, ...others] = found;
  if (only === undefined)
    return failed('No editor on this machine has kept a ledger for this user.', 'Name the folder of a ledger.');
  if (others.length === 0) return only;
  return failed(`There are several ledgers:\n  ${found.join('\n  ')}`, 'Name the folder of the one that you mean.');
}

/** Where VS Code and its relatives let an extension keep its own files. */
function ledgerPlaces(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = homedir();
  const config =
    process.platform === 'win32'
      ? (env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'))
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Application Support')
        : (env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'));
  const desktops = ['Code', 'Code - Insiders', 'VSCodium'].map((name) => path.join(config, name));
  const servers = [
    path.join(home, '.vscode-server', 'data'),
    path.join(home, '.vscode-server-insiders', 'data'),
    path.join(home, '.local', 'share', 'code-server'),
  ];
  return [...desktops, ...servers].map((root) =>
    path.join(root, 'User', 'globalStorage', 'ringfence.ringfence', 'ledger'),
  );
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() === true;
}

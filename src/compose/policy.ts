import * as vscode from 'vscode';
import { createPolicyKeeper } from '../core/policy/keeper.ts';
import { createAcknowledgedFiles } from '../node/acknowledgedFiles.ts';
import { thisSystem } from '../node/identify.ts';
import { policyPlaces } from '../node/policyPlaces.ts';
import { createPolicyReader } from '../node/policyReader.ts';
import { createEditorPolicyReader, folderKey, joinReaders } from '../vscode/policy/files.ts';
import { createPolicyStore, type PolicyStore } from '../vscode/policy/store.ts';

type Dependencies = {
  /** A folder of the extension's own, outside every workspace. */
  readonly storage: string;
  readonly productVersion: string;
  /** A cryptographic digest as hex. */
  readonly digest: (text: string) => string;
};

/** The policy of this window: folders on this machine are read from its disk, all others through the editor. */
export function composePolicy({ storage, productVersion, digest }: Dependencies): PolicyStore {
  const trusted = (): boolean => vscode.workspace.isTrusted;
  const folders = (): readonly string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => folderKey(uri));
  const local = createPolicyReader({
    trusted,
    places: policyPlaces(thisSystem),
    folders: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map(({ uri }) => ({ uri: folderKey(uri), path: uri.fsPath })),
  });
  return createPolicyStore(
    createPolicyKeeper({
      reader: joinReaders(
        local,
        createEditorPolicyReader(({ uri }) => uri.scheme !== 'file'),
      ),
      acknowledged: createAcknowledgedFiles({ directory: storage, folders, digest }),
      folders,
      trusted,
      today: () => new Date().toISOString().slice(0, 10),
      productVersion,
      digest,
    }),
  );
}

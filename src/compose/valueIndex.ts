import * as vscode from 'vscode';
import { createIndexValues } from '../assistant/indexValues.ts';
import { createValueIndex, type ValueIndex } from '../core/scan/valueIndex.ts';
import { localPath } from '../node/identify.ts';
import { readLabelled } from '../node/readLabelled.ts';
import { createValueHash } from '../node/valueHash.ts';
import { usuallySkipped, walkFiles } from '../node/walkFiles.ts';
import { watchSensitiveValues, type SensitiveValues } from '../vscode/sensitiveValues.ts';
import type { ValuesDependencies } from './valuesDependencies.ts';

export type WatchedValues = SensitiveValues & { readonly index: ValueIndex };

/** The index of this window's sensitive values, filled in the background from the folders on this machine. */
export function watchValues({ policy, identify, log }: ValuesDependencies): WatchedValues {
  const index = createValueIndex(createValueHash());
  const values = createIndexValues({
    policy,
    index,
    identify,
    files: localFiles,
    read: async (uri, label) => {
      const file = localPath(uri);
      return file === undefined ? undefined : readLabelled(file, label, { mostBytes });
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const watching = watchSensitiveValues({
    values,
    policy,
    report: ({ files, values: found, complete }) => {
      const cut = complete ? '' : '; a limit ended the search, so values of further files are not known';
      log(`content scan: ${found} values of ${files} sensitive files${cut}`);
    },
  });
  return { index, settled: watching.settled, dispose: () => void watching.dispose() };
}

async function* localFiles(signal: AbortSignal): AsyncGenerator<string> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    for await (const { folder, files, links } of walkFiles(uri.fsPath, { skip: usuallySkipped, signal })) {
      for (const name of [...files, ...links]) yield vscode.Uri.joinPath(vscode.Uri.file(folder), name).toString();
    }
  }
}

/** Larger files are data sets, which no fingerprint of single values would cover. */
const mostBytes = 256 * 1024;

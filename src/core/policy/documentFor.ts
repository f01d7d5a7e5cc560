import type { DocumentContent, PolicyDocument } from './document.ts';
import { isPolicyName } from './policyNames.ts';
import type { FileVersion } from './source.ts';
import { policyFileName } from './starter.ts';

export type DocumentPlace = {
  /** The workspace folder's URI without a slash at the end. */
  readonly folder: string;
  /** The path of the file below it, `/` between names. */
  readonly below: string;
  readonly version: FileVersion;
};

/** The document for a file of a workspace folder; undefined where no file of that name speaks of the policy. */
export function documentFor(
  { folder, below, version }: DocumentPlace,
  content: DocumentContent,
): PolicyDocument | undefined {
  const cut = below.lastIndexOf('/');
  const name = below.slice(cut + 1);
  if (!isPolicyName(name)) return undefined;
  const base = cut === -1 ? undefined : below.slice(0, cut);
  const layer = name !== policyFileName ? 'imported' : base === undefined ? 'workspace' : 'nested';
  return { layer, file: fileUri(folder, below), folder, version, content, ...(base === undefined ? {} : { base }) };
}

/**
 * The URI of a file below a folder, spelled the same way by everyone who reads policies: its versions find each other by it.
 */
export function fileUri(folder: string, below: string): string {
  return [folder, ...below.split('/').map(encodeURIComponent)].join('/');
}

import type { ImportedFile } from './imported.ts';
import type { PolicyFile, PolicyFileKind } from './policyFile.ts';

/** One valid policy file in the place where it speaks. */
export type PolicySource = {
  readonly layer: PolicyFileKind;
  /** URI or path, as people are told. */
  readonly file: string;
  /** The workspace folder (its URI) that a `workspace` or `nested` file belongs to. */
  readonly folder?: string;
  /** The folder of a `nested` file below its workspace folder, `/` between names; absent at the root. */
  readonly base?: string;
  /** Where the file lies around the workspace folder: the path of the workspace folder, seen from the file. */
  readonly above?: string;
  readonly version: FileVersion;
  readonly policy: PolicyFile;
};

/** An ignore file of another tool, or one that could not be read; it then holds everything below its folder. */
export type ImportedSource = {
  readonly file: string;
  readonly folder: string;
  readonly base?: string;
  readonly above?: string;
  readonly version: FileVersion;
  readonly imported: ImportedFile;
};

/**
 * A file may speak in up to three versions at once; what holds is the join of them. That is the ratchet: a looser text on
 * disk changes nothing until it is committed and this machine's user has accepted it.
 */
export type FileVersion = 'working tree' | 'HEAD' | 'acknowledged';

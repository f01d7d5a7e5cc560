import type { Reach } from '../label/reach.ts';
import type { Declassify } from './declassify.ts';
import type { Pattern } from './pattern.ts';
import type { CloudSettings, LedgerPolicy, LocalPolicy, ScanPolicy, UnlabelledReach } from './settings.ts';

/** Whose file it is; that decides what the file may say. */
export type PolicyFileKind = 'managed' | 'user' | 'workspace' | 'nested';

/** One policy file, read and found valid. */
export type PolicyFile = {
  /** For files that no rule matches; rules never widen it. Absent: see the layer. */
  readonly reach?: Stated<Reach>;
  readonly rules: readonly FileRule[];
  readonly exceptions: readonly FileException[];
  /** The least version of Ringfence that understands the file, `major.minor.patch`. */
  readonly minVersion?: string;
  readonly unlabelled: Partial<UnlabelledReach>;
  readonly cloud: CloudStatement;
  readonly scan: Partial<ScanPolicy>;
  readonly ledger: Partial<LedgerPolicy>;
  readonly local: Partial<LocalPolicy>;
  /** Lines of the settings, counted from one, by their path: `cloud.backends`. */
  readonly lines: ReadonlyMap<string, number>;
};

/** What one file says of the cloud; its lists are its own, not yet joined with others. */
export type CloudStatement = Partial<Omit<CloudSettings, 'backends' | 'models' | 'upstreams'>> & {
  readonly backends?: readonly string[];
  readonly models?: readonly string[];
  readonly upstreams?: readonly string[];
};

export type Stated<T> = { readonly value: T; readonly line: number };

export type FileRule = {
  readonly id: string;
  readonly files: readonly PlacedPattern[];
  readonly reach: Reach;
  readonly declassify: Declassify;
  readonly reason?: string;
  readonly owner?: string;
  /** Counted from one. */
  readonly line: number;
};

/** Takes files out of one rule of the same file (`of` is its id), or out of the file's own `reach`. */
export type FileException = {
  readonly id: string;
  readonly of: string;
  readonly files: readonly PlacedPattern[];
  readonly reason: string;
  /** The last day it holds, `YYYY-MM-DD` in UTC, or `never`. */
  readonly expires: string;
  readonly line: number;
};

/** A pattern and where it stands: line counted from one, offset and length in UTF-16 units with the quotes. */
export type PlacedPattern = Pattern & { readonly line: number; readonly offset: number; readonly length: number };

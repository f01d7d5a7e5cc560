/** What a check of the ledger's files found. */
export type Verification = {
  /**
   * `intact`: nothing was changed, cut, moved or doubled since it was written. `broken`: something was. `unproved`: nothing
   * is wrong as far as can be told without the key that the hashes were made with. `empty`: there is no ledger.
   */
  readonly kind: 'intact' | 'broken' | 'unproved' | 'empty';
  readonly records: number;
  readonly chains: readonly VerifiedChain[];
  readonly faults: readonly Fault[];
  /** What the ledger itself says is missing, without anyone's doing: a crash in the middle of a write, a full disk. */
  readonly gaps: readonly GapNote[];
};

export type VerifiedChain = {
  readonly chain: string;
  readonly records: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Of the last record: keep it elsewhere, and a later rewriting of the whole ledger shows. */
  readonly lastHash: string;
};

/** One sign of tampering; `line` counts from one. */
export type Fault = {
  readonly what: FaultKind;
  readonly file: string;
  readonly line?: number;
  /** One sentence for the auditor. */
  readonly message: string;
};

export type FaultKind =
  | 'unreadable'
  | 'edited'
  | 'moved'
  | 'repeated'
  | 'removed'
  | 'unlinked'
  | 'cut'
  | 'anchor-lost'
  | 'anchor-edited'
  | 'chain-removed';

export type GapNote = { readonly file: string; readonly line: number; readonly message: string };

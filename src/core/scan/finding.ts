/** What a scan found, without the text itself. */
export type Finding = {
  /** Names the rule, for example `github-token`. */
  readonly rule: string;
  readonly kind: 'secret' | 'value' | 'personal';
  /** What the user reads: `GitHub token`, `value from .env`. */
  readonly title: string;
  /** `high` may block, `low` only warns. */
  readonly confidence: 'high' | 'low';
  /** UTF-16 offsets into the text that was scanned; of an encoded find, those of the encoded run. */
  readonly start: number;
  readonly end: number;
  readonly encoding?: Encoding;
};

/** How a find was written where it was not written plainly. */
export type Encoding = 'base64' | 'hex' | 'url';

/** A find as receipts and the ledger keep it. */
export type FindingSummary = {
  readonly rule: string;
  readonly title: string;
  readonly confidence: 'high' | 'low';
  readonly count: number;
  /** Replaced by a placeholder before it left. */
  readonly redacted: boolean;
};

/** A find that is still to be counted. */
export type Found = Pick<Finding, 'rule' | 'title' | 'confidence'> & { readonly redacted?: boolean };

/** One summary per rule, confidence and fate, in the order of the first find. */
export function summarise(findings: readonly Found[]): readonly FindingSummary[] {
  const groups = new Map<string, FindingSummary>();
  for (const { rule, title, confidence, redacted = false } of findings) {
    const key = `${rule} ${confidence} ${redacted} ${title}`;
    groups.set(key, { rule, title, confidence, count: (groups.get(key)?.count ?? 0) + 1, redacted });
  }
  return [...groups.values()];
}

import { fileKey, type PolicyDocument } from './document.ts';
import { readDocument, type ReadDocument } from './readDocument.ts';
import { weakeningKey, type Weakening } from './weakening.ts';
import { weakenings } from './weakenings.ts';
import { withoutExports } from './withoutExports.ts';

/** What a machine has accepted, read; `document.lifts` are applied. */
type Acknowledged = readonly ReadDocument[];

/**
 * What counts as accepted once these files have been seen. A file that says at least as much as one accepted before takes its
 * place. One that is stricter here and looser there comes beside it: its stricter half is not lost again unseen.
 */
export function acknowledgeSeen(tree: readonly ReadDocument[], acknowledged: Acknowledged): readonly PolicyDocument[] {
  const seen = tree.filter(countsAsAccepted);
  const kept = acknowledged.filter((one) => !seen.some((now) => isSameFile(one, now) && saysAsMuch(now, one)));
  const added = seen.filter((now) => {
    const before = kept.filter((one) => isSameFile(one, now));
    return before.length < mostVersions && !before.some((one) => saysAsMuch(one, now));
  });
  return [...kept.map(({ document }) => document), ...added.map(accepted)];
}

export type Acceptance = {
  readonly documents: readonly PolicyDocument[];
  readonly acknowledged: readonly PolicyDocument[];
  /** The changes that the user has seen and accepted, as `holdPolicy` found them. */
  readonly chosen: readonly Weakening[];
  readonly productVersion: string;
};

/** What counts as accepted once the user has accepted some of what is pending. */
export function acknowledgeChosen({
  documents,
  acknowledged,
  chosen,
  productVersion,
}: Acceptance): readonly PolicyDocument[] {
  const read = (document: PolicyDocument): ReadDocument => readDocument(document, productVersion);
  const tree = withoutExports(documents.filter(({ version }) => version === 'working tree').map(read));
  const keys = new Set(chosen.map(weakeningKey));
  const left = acknowledged.flatMap((document) => {
    const lifts = weakenings([read(document)], tree)
      .filter((weakening) => keys.has(weakeningKey(weakening)))
      .flatMap((weakening) => weakening.lifts);
    if (lifts.length === 0) return [document];
    if (lifts.some(({ kind }) => kind === 'file')) return [];
    return [{ ...document, lifts: [...(document.lifts ?? []), ...lifts] }];
  });
  return acknowledgeSeen(tree, left.map(read));
}

/**
 * Versions of one file that are remembered side by side, so that a policy is read in a tenth of a second whatever was done to
 * it. After that many edits without a review, each stricter here and looser there, a further one holds only while it stands.
 */
const mostVersions = 12;

function countsAsAccepted({ kind, document: { layer, content } }: ReadDocument): boolean {
  return kind !== 'invalid' && layer !== 'managed' && content.kind === 'text';
}

function isSameFile(a: ReadDocument, b: ReadDocument): boolean {
  return fileKey(a.document) === fileKey(b.document);
}

/** Whether everything that `b` holds is held by `a` as well. */
function saysAsMuch(a: ReadDocument, b: ReadDocument): boolean {
  return b.kind !== 'invalid' && weakenings([b], [a]).length === 0;
}

function accepted({ document }: ReadDocument): PolicyDocument {
  return { ...document, version: 'acknowledged' };
}

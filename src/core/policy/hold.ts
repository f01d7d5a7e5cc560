import { acknowledgeSeen } from './acknowledge.ts';
import { compilePolicy } from './compile.ts';
import { fileKey, meaningText, type PolicyDocument } from './document.ts';
import { readDocument, type ReadDocument } from './readDocument.ts';
import type { ImportedSource, PolicySource } from './source.ts';
import type { PolicyState } from './state.ts';
import { weakeningKey, type Weakening } from './weakening.ts';
import { weakenings } from './weakenings.ts';
import { withoutExports } from './withoutExports.ts';

export type HoldInput = {
  /** URIs of the open workspace folders, without a slash at the end. */
  readonly folders: readonly string[];
  /** As found now, in the working tree and in `HEAD`. */
  readonly documents: readonly PolicyDocument[];
  /** As last accepted on this machine. */
  readonly acknowledged: readonly PolicyDocument[];
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: string;
  readonly productVersion: string;
  /** A cryptographic digest as hex. */
  readonly digest: (text: string) => string;
};

export type Held = {
  readonly state: PolicyState;
  /** What counts as accepted from now on. */
  readonly acknowledged: readonly PolicyDocument[];
};

/**
 * The ratchet: what holds is the join of the working tree, `HEAD` and what this machine last accepted. What got stricter holds
 * and counts as accepted at once; only what got looser waits.
 */
export function holdPolicy(input: HoldInput): Held {
  const read = (documents: readonly PolicyDocument[]): readonly ReadDocument[] =>
    documents.map((document) => readDocument(document, input.productVersion));
  const found = read(input.documents);
  // What is accepted has no exports in it; another version's policy says nothing of them.
  const tree = withoutExports(found.filter(({ document }) => document.version === 'working tree'));
  const head = withoutExports(found.filter(({ document }) => document.version === 'HEAD'));
  const known = read(input.acknowledged);
  const accepted = known.filter(({ document }) => isOfOpenFolder(document, input.folders));
  const loosened = weakenings(accepted, tree);
  const holding = withoutRepeats([...tree, ...head, ...accepted]);
  const policy = compilePolicy({
    folders: input.folders,
    today: input.today,
    sources: sourcesOf(holding),
    imported: importedOf(holding),
  });
  const pending = distinct([...loosened, ...weakenings(head, tree)]);
  const hash = input.digest(meaningText([...input.documents, ...input.acknowledged]));
  const problems = tree.flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
  const limit = tree.every((one) => one.kind !== 'invalid' || isKnown(one, [...head, ...accepted]))
    ? 'perimeter'
    : 'device';
  const common = { policy, hash, pending };
  return {
    state:
      problems.length > 0
        ? { kind: 'invalid', ...common, problems, limit }
        : { kind: policy.opened ? 'loaded' : 'none', ...common },
    acknowledged: acknowledgeSeen(tree, known),
  };
}

/** A version that says the same as an earlier one in the list adds nothing but work. */
function withoutRepeats(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const first = new Map<string, ReadDocument>();
  for (const one of documents) {
    const { content, lifts = [] } = one.document;
    const key = JSON.stringify([fileKey(one.document), content, lifts]);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/** A file around a workspace folder is that of another one as soon as the folder it lies in is open itself. */
function isOfOpenFolder({ folder, file, above }: PolicyDocument, folders: readonly string[]): boolean {
  if (above !== undefined && folders.some((other) => file.startsWith(`${other}/`))) return false;
  return folder === undefined || folders.includes(folder);
}

function isKnown({ document }: ReadDocument, others: readonly ReadDocument[]): boolean {
  return others.some((other) => other.kind === 'policy' && fileKey(other.document) === fileKey(document));
}

function sourcesOf(documents: readonly ReadDocument[]): readonly PolicySource[] {
  return documents.flatMap((one) => {
    if (one.kind !== 'policy') return [];
    const { file, folder, base, above, version } = one.document;
    return [
      {
        layer: one.layer,
        file,
        version,
        policy: one.policy,
        ...(folder === undefined ? {} : { folder }),
        ...(base === undefined ? {} : { base }),
        ...(above === undefined ? {} : { above }),
      },
    ];
  });
}

function importedOf(documents: readonly ReadDocument[]): readonly ImportedSource[] {
  return documents.flatMap((one) => {
    const { file, folder, base, above, version } = one.document;
    if (one.kind !== 'imported' || folder === undefined) return [];
    const place = { ...(base === undefined ? {} : { base }), ...(above === undefined ? {} : { above }) };
    return [{ file, folder, version, imported: one.imported, ...place }];
  });
}

function distinct(found: readonly Weakening[]): readonly Weakening[] {
  return [...new Map(found.map((one) => [weakeningKey(one), one])).values()];
}

import { compilePolicy } from './compile.ts';
import { documentKey, fileKey, meaningText, type PolicyDocument } from './document.ts';
import { readDocument, type ReadDocument } from './readDocument.ts';
import type { ImportedSource, PolicySource } from './source.ts';
import type { PolicyState } from './state.ts';
import type { Weakening } from './weakening.ts';
import { weakenings } from './weakenings.ts';

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
  /** What counts as accepted from now on: every file that says at least as much as the one accepted before. */
  readonly acknowledged: readonly PolicyDocument[];
};

/**
 * The ratchet: what holds is the join of the working tree, `HEAD` and what this machine last accepted. A file seen for the
 * first time and a file that only got stricter count as accepted; a looser one waits.
 */
export function holdPolicy(input: HoldInput): Held {
  const read = (documents: readonly PolicyDocument[]): readonly ReadDocument[] =>
    documents.map((document) => readDocument(document, input.productVersion));
  const found = read(input.documents);
  const tree = found.filter(({ document }) => document.version === 'working tree');
  const head = found.filter(({ document }) => document.version === 'HEAD');
  const accepted = read(input.acknowledged.filter((document) => isOfOpenFolder(document, input.folders)));
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
    acknowledged: nextAcknowledged(tree, input.acknowledged, loosened),
  };
}

/** The documents that count as accepted once the user has accepted everything that is pending. */
export function acceptAll(documents: readonly PolicyDocument[]): readonly PolicyDocument[] {
  return documents
    .filter(
      ({ version, layer, content }) => version === 'working tree' && layer !== 'managed' && content.kind === 'text',
    )
    .map((document) => ({ ...document, version: 'acknowledged' }));
}

/** A version that says the same as an earlier one in the list adds nothing but work. */
function withoutRepeats(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const first = new Map<string, ReadDocument>();
  for (const one of documents) {
    const key = `${fileKey(one.document)}\n${JSON.stringify(one.document.content)}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function isOfOpenFolder({ folder }: PolicyDocument, folders: readonly string[]): boolean {
  return folder === undefined || folders.includes(folder);
}

function isKnown({ document }: ReadDocument, others: readonly ReadDocument[]): boolean {
  return others.some((other) => other.kind === 'policy' && fileKey(other.document) === fileKey(document));
}

function nextAcknowledged(
  tree: readonly ReadDocument[],
  acknowledged: readonly PolicyDocument[],
  loosened: readonly Weakening[],
): readonly PolicyDocument[] {
  const waiting = new Set(loosened.map(({ file }) => file));
  const accepted = acceptAll(
    tree
      .filter(({ kind, document }) => kind !== 'invalid' && !waiting.has(document.file))
      .map(({ document }) => document),
  );
  const next = new Map([...acknowledged, ...accepted].map((document) => [documentKey(document), document]));
  return [...next.values()];
}

function sourcesOf(documents: readonly ReadDocument[]): readonly PolicySource[] {
  return documents.flatMap((one) => {
    if (one.kind !== 'policy') return [];
    const { file, folder, base, version } = one.document;
    return [
      {
        layer: one.layer,
        file,
        version,
        policy: one.policy,
        ...(folder === undefined ? {} : { folder }),
        ...(base === undefined ? {} : { base }),
      },
    ];
  });
}

function importedOf(documents: readonly ReadDocument[]): readonly ImportedSource[] {
  return documents.flatMap((one) => {
    const { file, folder, base, version } = one.document;
    if (one.kind !== 'imported' || folder === undefined) return [];
    return [{ file, folder, version, imported: one.imported, ...(base === undefined ? {} : { base }) }];
  });
}

function distinct(found: readonly Weakening[]): readonly Weakening[] {
  return [...new Map(found.map((one) => [`${one.file}\n${one.message}`, one])).values()];
}

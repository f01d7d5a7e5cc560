import { exportIgnore, exportMark } from './exportIgnore.ts';
import type { ReadDocument } from './readDocument.ts';

/**
 * Documents of one version without the ignore files that Ringfence wrote from the policies among them and nobody has changed
 * since. Such a file repeats its policy in a coarser dialect; read back, it would hold what the policy lets go. One that differs
 * in a single line, or whose policy has changed, speaks for itself like any other.
 */
export function withoutExports(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  return documents.filter((one) => !isExport(one, documents));
}

function isExport({ kind, document }: ReadDocument, all: readonly ReadDocument[]): boolean {
  const { content, folder, base, above, file } = document;
  if (kind !== 'imported' || content.kind !== 'text' || !content.text.startsWith(exportMark)) return false;
  const text = content.text.replaceAll('\r\n', '\n');
  const name = file.slice(file.lastIndexOf('/') + 1);
  const beside = all.filter(
    ({ document: other }) =>
      other.layer !== 'imported' && other.folder === folder && other.base === base && other.above === above,
  );
  return (
    beside.length > 0 &&
    beside.every(
      (one) => one.kind === 'policy' && text === exportIgnore(one.policy, { name, root: one.layer === 'workspace' }),
    )
  );
}

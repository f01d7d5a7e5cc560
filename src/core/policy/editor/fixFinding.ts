import type { JsonNode } from '../strictJson.ts';
import { removeItem } from './edit.ts';
import type { Finding } from './finding.ts';
import { isIdle } from './finding.ts';
import type { Fix, FixContext } from './fix.ts';
import { covers, entryAt, nameOf, type Entry, type EntryPattern } from './outline.ts';
import { valueOf } from './tree.ts';

/** For a finding: what is idle can go; a rule that is no rule gets a nearer reach. */
export function fixFinding(context: FixContext, finding: Pick<Finding, 'kind'>): readonly Fix[] {
  const entry = entryAt(context.outline, context.place.offset);
  if (!entry) return [];
  if (finding.kind !== 'matches nothing' && !isIdle(finding)) return [];
  const removal = removeEntry(context, entry);
  if (finding.kind === 'expired') return [{ ...removal, preferred: true }];
  const pattern = entry.patterns.find((candidate) => covers(candidate, context.place.offset));
  // A rule without files would be an error.
  if (pattern && entry.patterns.length > 1) return [...removePattern(context, entry, pattern), removal];
  return [...nearer(entry, finding), removal];
}

function removeEntry({ text, outline }: FixContext, entry: Entry): Fix {
  const list = valueOf(outline.root, `${entry.kind}s`);
  const edits = list ? removeItem(text, list, entry.node) : [];
  return { title: `Remove the ${entry.kind} "${nameOf(entry)}"`, edits, preferred: false };
}

function removePattern({ text }: FixContext, entry: Entry, pattern: EntryPattern): readonly Fix[] {
  const files = valueOf(entry.node, 'files');
  const item = files?.children?.find((node: JsonNode) => node.offset === pattern.offset);
  if (!files || !item) return [];
  return [{ title: `Remove ${JSON.stringify(pattern.source)}`, edits: removeItem(text, files, item), preferred: true }];
}

function nearer(entry: Entry, { kind }: Pick<Finding, 'kind'>): readonly Fix[] {
  const reach = entry.fields.get('reach');
  if (kind !== 'without effect' || reach?.value !== 'cloud') return [];
  const edits = [{ offset: reach.offset, length: reach.length, text: '"device"' }];
  return [{ title: 'Change to "device"', edits, preferred: true }];
}

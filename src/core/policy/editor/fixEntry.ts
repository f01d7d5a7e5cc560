import { appendItem } from './edit.ts';
import type { Fix, FixContext } from './fix.ts';
import type { PolicyFileKind } from '../policyFile.ts';
import { keysAt, requiredAt } from './grammar.ts';
import { locate, type Located } from './locate.ts';
import { nearestWord } from './nearestWord.ts';
import { fieldOf, type Outline } from './outline.ts';
import { keyOf, valueOf } from './tree.ts';

/** For an entry that lacks what it needs, or whose id another one has. */
export function fixEntry(context: FixContext): readonly Fix[] {
  return [...addMissing(context), ...renameId(context)];
}

function addMissing({ text, outline, kind, place }: FixContext): readonly Fix[] {
  const located = locate(outline.root, place);
  if (!located || located.node.type !== 'object' || located.node.offset !== place.offset) return [];
  const { node, path } = located;
  return [...requiredAt(path)]
    .filter(([key]) => !valueOf(node, key) && !isMisspelt(key, located, kind))
    .map(([key, value]) => ({
      title: `Add "${key}"`,
      edits: appendItem(text, node, `"${key}": ${key === 'id' ? JSON.stringify(freeId('new', outline)) : value}`),
      preferred: false,
    }));
}

/** Whether a key that is not known there was probably meant to be this one. */
function isMisspelt(key: string, { node, path }: Located, kind: PolicyFileKind): boolean {
  const known = keysAt(path, kind) ?? [];
  return (node.children ?? []).some((child) => {
    const written = keyOf(child);
    return written !== undefined && !known.includes(written) && nearestWord(written, known) === key;
  });
}

function renameId({ outline, place }: FixContext): readonly Fix[] {
  const entries = [...outline.rules, ...outline.exceptions];
  const entry = entries.find((candidate) => candidate.fields.get('id')?.offset === place.offset);
  const id = entry?.fields.get('id');
  if (!entry || !id) return [];
  const twin = entries.some(
    (other) =>
      other.kind === entry.kind &&
      other.index < entry.index &&
      fieldOf(other, 'id')?.toLowerCase() === id.value.toLowerCase(),
  );
  const plain = id.value
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60);
  const wanted = plain === '' ? 'new' : plain;
  if (!twin && wanted === id.value) return [];
  const free = JSON.stringify(freeId(wanted, outline));
  const edits = [{ offset: id.offset, length: id.length, text: free }];
  return [{ title: `Change to ${free}`, edits, preferred: true }];
}

/** The wanted id, with a number behind it where it is taken. */
function freeId(wanted: string, { rules, exceptions }: Outline): string {
  const taken = new Set([...rules, ...exceptions].map((entry) => fieldOf(entry, 'id')?.toLowerCase()));
  let id = wanted;
  for (let number = 2; taken.has(id.toLowerCase()); number++) id = `${wanted}-${number}`;
  return id;
}

import { removeItem } from './edit.ts';
import type { Fix, FixContext } from './fix.ts';
import { keysAt } from './grammar.ts';
import { locate } from './locate.ts';
import { nearestWord } from './nearestWord.ts';
import { keyOf } from './tree.ts';

/** For a key that is not known there, or that stands twice: the nearest known one, or none. */
export function fixKey({ text, outline, kind, place }: FixContext): readonly Fix[] {
  const located = locate(outline.root, place);
  const property = located?.parents.at(-1);
  const object = located?.parents.at(-2);
  const [name] = property?.children ?? [];
  if (!located || property?.type !== 'property' || !name || !object) return [];
  const atKey = name === located.node;
  const key = keyOf(property) ?? '';
  const known = keysAt(atKey ? located.path : located.path.slice(0, -1), kind);
  const present = (object.children ?? []).map((child) => keyOf(child));
  const twice = atKey && present.indexOf(key) < (object.children ?? []).indexOf(property);
  if (!known || (known.includes(key) && !twice)) return [];
  const near = nearestWord(
    key,
    known.filter((candidate) => !present.includes(candidate)),
  );
  const { offset, length } = name;
  const rename: readonly Fix[] =
    near === undefined
      ? []
      : [{ title: `Change to "${near}"`, edits: [{ offset, length, text: `"${near}"` }], preferred: true }];
  const remove: Fix = { title: `Remove "${shown(key)}"`, edits: removeItem(text, object, property), preferred: twice };
  return [...rename, remove];
}

function shown(key: string): string {
  return key.length > 40 ? `${key.slice(0, 40)}…` : key;
}

import { readPattern, type Glob } from '../pattern.ts';
import type { Place } from '../reporter.ts';
import type { JsonNode } from '../strictJson.ts';
import { keyOf, readTree, textOf, valueOf } from './tree.ts';

/** The entries of a policy text and where they stand, errors or not: what lenses, hovers and hints are drawn from. */
export type Outline = {
  readonly root?: JsonNode;
  readonly rules: readonly Entry[];
  readonly exceptions: readonly Entry[];
  /** The reach of the whole file. */
  readonly reach?: PlacedText;
};

/** A rule or an exception. Offset and length are those of its braces. */
export type Entry = Place & {
  readonly kind: 'rule' | 'exception';
  /** Its position in its list, from zero. */
  readonly index: number;
  readonly node: JsonNode;
  /** Its values that are text, by key. */
  readonly fields: ReadonlyMap<string, PlacedText>;
  readonly patterns: readonly EntryPattern[];
};

/** Offset and length include the quotes. */
export type PlacedText = Place & { readonly value: string };

/** One item of `files`. Without globs where it is not valid. */
export type EntryPattern = Place & { readonly source: string; readonly globs: readonly Glob[] };

/** Reads the outline of a text; an empty one where nothing can be made out. */
export function outlineOf(text: string): Outline {
  const root = readTree(text);
  const reach = placed(valueOf(root, 'reach'));
  return {
    ...(root ? { root } : {}),
    rules: entriesOf(valueOf(root, 'rules'), 'rule'),
    exceptions: entriesOf(valueOf(root, 'exceptions'), 'exception'),
    ...(reach ? { reach } : {}),
  };
}

/** The text of one of an entry's fields. */
export function fieldOf(entry: Entry, key: string): string | undefined {
  return entry.fields.get(key)?.value;
}

/** What people call the entry: its id, or its position while it has none. */
export function nameOf(entry: Entry): string {
  return fieldOf(entry, 'id') ?? `${entry.kind} ${entry.index + 1}`;
}

/** The entry that holds an offset, both ends included. */
export function entryAt(outline: Outline, offset: number): Entry | undefined {
  return [...outline.rules, ...outline.exceptions].find((entry) => covers(entry, offset));
}

/** Whether an offset lies in a place, both ends included. */
export function covers(place: Place, offset: number): boolean {
  return place.offset <= offset && offset <= place.offset + place.length;
}

function entriesOf(list: JsonNode | undefined, kind: Entry['kind']): readonly Entry[] {
  if (list?.type !== 'array') return [];
  return (list.children ?? []).flatMap((node, index) => {
    if (node.type !== 'object') return [];
    const { offset, length } = node;
    return [
      { kind, index, node, offset, length, fields: fieldsOf(node), patterns: patternsOf(valueOf(node, 'files')) },
    ];
  });
}

function fieldsOf(node: JsonNode): ReadonlyMap<string, PlacedText> {
  const fields = new Map<string, PlacedText>();
  for (const property of node.children ?? []) {
    const key = keyOf(property);
    const value = placed(property.children?.[1]);
    if (key !== undefined && value) fields.set(key, value);
  }
  return fields;
}

function patternsOf(files: JsonNode | undefined): readonly EntryPattern[] {
  if (files?.type !== 'array') return [];
  return (files.children ?? []).flatMap((node) => {
    const text = placed(node);
    if (!text) return [];
    const read = readPattern(text.value);
    const globs = read.kind === 'pattern' ? read.pattern.globs : [];
    return [{ offset: node.offset, length: node.length, source: text.value, globs }];
  });
}

function placed(node: JsonNode | undefined): PlacedText | undefined {
  const value = textOf(node);
  return node && value !== undefined ? { value, offset: node.offset, length: node.length } : undefined;
}

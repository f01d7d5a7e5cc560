import type { Reporter } from './reporter.ts';
import type { JsonNode } from './strictJson.ts';
import { findHiddenCharacter } from './unfitCharacter.ts';

/** The values of an object by key. Reports a value that is no object and every key that is not in `known`. */
export function readFields(
  node: JsonNode,
  known: readonly string[],
  reporter: Reporter,
): ReadonlyMap<string, JsonNode> {
  const fields = new Map<string, JsonNode>();
  if (node.type !== 'object') {
    reporter.report(node, `An object { … } is expected here, not ${describe(node)}.`);
    return fields;
  }
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    const name: unknown = key?.value;
    if (!key || !value || typeof name !== 'string') continue;
    if (known.includes(name)) fields.set(name, value);
    else reporter.report(key, unknownKey(name, known));
  }
  return fields;
}

/** The items of an array; reports and returns none where it is no array or has more than `max` items. */
export function readItems(node: JsonNode | undefined, max: number, reporter: Reporter): readonly JsonNode[] {
  if (!node) return [];
  if (node.type !== 'array') {
    reporter.report(node, `A list [ … ] is expected here, not ${describe(node)}.`);
    return [];
  }
  const items = node.children ?? [];
  if (items.length <= max) return items;
  reporter.report(
    node,
    `This list has ${items.length} entries; at most ${max} are read. Split the policy into nested files.`,
  );
  return [];
}

/** One of the given words, exactly spelled. Undefined where absent or reported. */
export function readChoice<T extends string>(
  node: JsonNode | undefined,
  choices: readonly T[],
  reporter: Reporter,
): T | undefined {
  if (!node) return undefined;
  const value: unknown = node.value;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    const given = typeof value === 'string' ? `"${shorten(value)}"` : describe(node);
    reporter.report(node, `${listed(choices)} is expected here, not ${given}.`);
  }
  return choice;
}

/** Text that is neither empty, nor longer than `max` characters, nor holds what cannot be seen. */
export function readText(node: JsonNode | undefined, max: number, reporter: Reporter): string | undefined {
  if (!node) return undefined;
  const value: unknown = node.value;
  if (node.type !== 'string' || typeof value !== 'string') {
    reporter.report(node, `Text in double quotes is expected here, not ${describe(node)}.`);
    return undefined;
  }
  if (value.trim() === '') reporter.report(node, 'This text is empty. Write something or remove the key.');
  else if (value.length > max)
    reporter.report(node, `This text has ${value.length} characters; at most ${max} are read.`);
  else {
    const unfit = findHiddenCharacter(value.replaceAll(joiners, ''));
    if (!unfit) return value;
    reporter.report(node, unfit.message);
  }
  return undefined;
}

/** A number from zero up. */
export function readAmount(node: JsonNode | undefined, reporter: Reporter): number | undefined {
  if (!node) return undefined;
  const value: unknown = node.value;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  reporter.report(node, 'A number of zero or more is expected here.');
  return undefined;
}

export function readFlag(node: JsonNode | undefined, reporter: Reporter): boolean | undefined {
  if (!node) return undefined;
  const value: unknown = node.value;
  if (typeof value === 'boolean') return value;
  reporter.report(node, `true or false is expected here, not ${describe(node)}.`);
  return undefined;
}

// Emoji and some scripts need these two between letters of ordinary text.
const joiners = /\u200c|\u200d|\ufe0f/g;

function describe(node: JsonNode): string {
  const value: unknown = node.value;
  if (typeof value === 'string') return `the text "${shorten(value)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return node.type === 'null' ? 'null' : node.type === 'array' ? 'a list' : 'an object';
}

function shorten(text: string): string {
  const visible = text.replaceAll(/[^\x20-\x7e]/g, '�');
  return visible.length > 40 ? `${visible.slice(0, 40)}…` : visible;
}

function listed(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

function unknownKey(name: string, known: readonly string[]): string {
  const near = known.find((candidate) => distance(candidate.toLowerCase(), name.toLowerCase()) <= 2);
  const hint = near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ')}.`;
  return `"${shorten(name)}" is not a key that this version knows. ${hint}`;
}

/** Edit distance; names longer than any key are far from all of them. */
function distance(a: string, b: string): number {
  if (b.length > 40) return b.length;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

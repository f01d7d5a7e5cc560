import type { Reach } from '../label/reach.ts';
import { appendItem, styleOf, type TextEdit } from './editor/edit.ts';
import { readTree, valueOf } from './editor/tree.ts';
import { literalPath } from './literalPath.ts';
import { parsePolicy } from './parse.ts';
import { readPattern } from './pattern.ts';

export type KeepFile = {
  /** The path below the folder of the policy file, `/` between names. */
  readonly path: string;
  readonly reach: Reach;
  /** Whether the path is a folder's, which stands for all that is in it. */
  readonly folder: boolean;
};

export type AddRuleResult =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  /** The policy, or the name of the file, stands in the way: in words for a person. */
  | { readonly kind: 'impossible'; readonly message: string };

/**
 * The edits that keep a file or folder near by a rule of the policy: its pattern joins the rule that earlier ones made, or
 * makes that rule. Comments and layout stay as they are.
 */
export function addRule(text: string, { path, reach, folder }: KeepFile): AddRuleResult {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'invalid') return { kind: 'impossible', message: 'The policy file has an error. Mend it first.' };
  const pattern = `/${literalPath(path)}${folder ? '/' : ''}`;
  const read = readPattern(pattern);
  if (read.kind === 'invalid')
    return { kind: 'impossible', message: `The name of the file does not fit into a rule. ${read.message}` };
  const id = `kept-${reach}`;
  const { rules } = parsed.policy;
  const index = rules.findIndex((rule) => rule.id === id && rule.reach === reach);
  const rule = rules[index];
  if (rule?.files.some(({ source }) => source === pattern)) return { kind: 'edits', edits: [] };
  const tree = readTree(text);
  const list = valueOf(tree, 'rules');
  const files = rule && valueOf(list?.children?.[index], 'files');
  if (files) return added(appendItem(text, files, JSON.stringify(pattern)));
  const named = { id: freeId(id, rules), files: [pattern], reach };
  // A list that its author keeps on one line stays on it.
  const inline = list && !text.slice(list.offset, list.offset + list.length).includes('\n') && rules.length > 0;
  const item = JSON.stringify(named, undefined, inline ? undefined : styleOf(text).unit);
  if (list) return added(appendItem(text, list, item));
  return added(tree ? appendItem(text, tree, `"rules": [${item}]`) : []);
}

function added(edits: readonly TextEdit[]): AddRuleResult {
  if (edits.length > 0) return { kind: 'edits', edits };
  return { kind: 'impossible', message: 'No place was found in the policy file to add a rule.' };
}

function freeId(wanted: string, rules: readonly { readonly id: string }[]): string {
  const used = new Set(rules.map(({ id }) => id.toLowerCase()));
  let id = wanted;
  for (let number = 2; used.has(id); number++) id = `${wanted}-${number}`;
  return id;
}

import { modify, type Edit, type FormattingOptions } from 'jsonc-parser';
import type { Reach } from '../label/reach.ts';
import { literalPath } from './literalPath.ts';
import { parsePolicy } from './parse.ts';
import { readPattern } from './pattern.ts';

/** A change of a text: replace `length` UTF-16 units at `offset`. */
export type TextEdit = Edit;

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
  const options = { formattingOptions, isArrayInsertion: true };
  if (rule)
    return { kind: 'edits', edits: modify(text, ['rules', index, 'files', rule.files.length], pattern, options) };
  const added = {
    id: freeId(
      id,
      rules.map((one) => one.id),
    ),
    files: [pattern],
    reach,
  };
  // An absent list has to be made as a whole.
  if (rules.length === 0) return { kind: 'edits', edits: modify(text, ['rules'], [added], { formattingOptions }) };
  return { kind: 'edits', edits: modify(text, ['rules', rules.length], added, options) };
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, { offset, length, content }) => result.slice(0, offset) + content + result.slice(offset + length),
      text,
    );
}

const formattingOptions: FormattingOptions = { tabSize: 2, insertSpaces: true, eol: '\n' };

function freeId(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((id) => id.toLowerCase()));
  let id = wanted;
  for (let number = 2; used.has(id); number++) id = `${wanted}-${number}`;
  return id;
}

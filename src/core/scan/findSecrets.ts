import type { Finding } from './finding.ts';
import { findAssignments } from './findAssignments.ts';
import { findJwts } from './findJwts.ts';
import { findPrivateKeys } from './findPrivateKeys.ts';
import { findUrlPasswords } from './findUrlPasswords.ts';
import { bitsPerCharacter, isPlaceholder } from './randomness.ts';
import { secretRules, type SecretRule } from './secretRules.ts';

/**
 * Tokens, private keys and passwords in a text. High confidence: the format is a provider's or a key's own. Low: something
 * named like a secret has a random value. Time is linear in the length of the text, whatever it holds.
 */
export function findSecrets(text: string): readonly Finding[] {
  return [
    ...findTokens(text),
    ...findPrivateKeys(text),
    ...findJwts(text),
    ...findUrlPasswords(text),
    ...findAssignments(text),
  ];
}

function findTokens(text: string): readonly Finding[] {
  const found: Finding[] = [];
  let free = 0;
  for (const { index, 0: start } of text.matchAll(starts)) {
    if (index < free) continue;
    for (const { rule, rest } of rulesByStart.get(start) ?? []) {
      const finding = tokenAt(text, index, start.length, { rule, rest });
      if (finding === undefined) continue;
      found.push(finding);
      free = finding.end;
      break;
    }
    if (found.length >= mostFindings) break;
  }
  return found;
}

function tokenAt(text: string, at: number, length: number, { rule, rest }: CompiledRule): Finding | undefined {
  const before = rule.before === undefined ? at : startOfRun(text, at, new RegExp(`[${rule.before}]`));
  if (rule.before !== undefined && at - before < 8) return undefined;
  if (isInsideWord(text, before)) return undefined;
  rest.lastIndex = at + length;
  const match = rest.exec(text)?.[0];
  if (match === undefined || bitsPerCharacter(match) < (rule.bits ?? 3) || isPlaceholder(match)) return undefined;
  return {
    rule: rule.id,
    kind: 'secret',
    title: rule.title,
    confidence: rule.confidence ?? 'high',
    start: before,
    end: at + length + match.length,
  };
}

/** A token does not begin in the middle of a word, unless the letter before it belongs to an escape such as `\n`. */
function isInsideWord(text: string, at: number): boolean {
  return at > 0 && /[A-Za-z0-9_]/.test(text.charAt(at - 1)) && text.charAt(at - 2) !== '\\';
}

function startOfRun(text: string, at: number, allowed: RegExp): number {
  let start = at;
  while (start > 0 && at - start < 20 && allowed.test(text.charAt(start - 1))) start--;
  return start;
}

type CompiledRule = { readonly rule: SecretRule; readonly rest: RegExp };

const rulesByStart: ReadonlyMap<string, readonly CompiledRule[]> = byStart();

function byStart(): ReadonlyMap<string, readonly CompiledRule[]> {
  const map = new Map<string, CompiledRule[]>();
  for (const rule of secretRules) {
    const compiled = { rule, rest: new RegExp(rule.rest, 'y') };
    for (const start of rule.starts) map.set(start, [...(map.get(start) ?? []), compiled]);
  }
  return map;
}

/** Longer beginnings first: `sk-proj-` before `sk-`. */
const starts = new RegExp(
  [...rulesByStart.keys()]
    .sort((a, b) => b.length - a.length)
    .map((start) => start.replaceAll(/[$.?*+^()[\]{}|\\/-]/g, '\\$&'))
    .join('|'),
  'g',
);

/** A text with more is refused for the first of them already. */
const mostFindings = 100;

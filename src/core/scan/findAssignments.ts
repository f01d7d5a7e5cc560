import type { Finding } from './finding.ts';
import { bitsPerCharacter, isPlaceholder, namesSecret } from './randomness.ts';

/**
 * Something named like a secret that is given a random-looking value: `DB_PASSWORD=…`, `apiKey: "…"`. Names lie, so this only
 * warns, except for the AWS secret key, which has no beginning of its own but a fixed length.
 */
export function findAssignments(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(assignment)) {
    const [whole, name = '', quote = '', value = ''] = match;
    const start = match.index + whole.length - value.length;
    const aws = /secret_?access_?key/i.test(name) && /^[A-Za-z0-9/+]{40}$/.test(value);
    if (!namesSecret(name) || isPlaceholder(value) || !looksRandom(value)) continue;
    if (quote === '' && !isPlainSetting(text, match.index, value)) continue;
    const title = aws ? 'AWS secret key' : `value of ${name.slice(0, 40)}`;
    const rule = aws ? 'aws-secret-key' : 'secret-assignment';
    const confidence = aws ? 'high' : 'low';
    found.push({ rule, kind: 'secret', title, confidence, start, end: start + value.length });
    if (found.length >= 100) break;
  }
  return found;
}

/** Letters and digits in turn, or a sign, and more disorder than words have; no template, no name with a version in it. */
function looksRandom(value: string): boolean {
  if (/[{}]|^[a-z]{2,10}:/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (/\d[^\d]+\d/.test(value) || /\d.*[!#$%&*+=?@^~]/.test(value)) && bitsPerCharacter(value) >= 3.2;
}

/** Without quotes a value is one only in a settings file: the name begins the line, and the value is no expression. */
function isPlainSetting(text: string, at: number, value: string): boolean {
  const before = text.slice(Math.max(0, at - 8), at);
  return /(?:^|\n|\\n)\s{0,4}(?:export )?$/.test(before) && !/[()[\]{}]|^\w+\.\w/.test(value);
}

const assignment =
  /(?<![\w.-])["'`]?([A-Za-z][\w.-]{2,60})["'`]?[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}(["'`]?)([^\s"'`,;<>\\]{12,200})/g;

import type { Finding } from './finding.ts';

/**
 * Private keys in PEM and PuTTY form: the header line followed by a line of the key's own characters. A header alone, as it
 * stands in code that parses keys, is none. Line ends may be real or written as `\n`.
 */
export function findPrivateKeys(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('-----BEGIN '); at !== -1; at = text.indexOf('-----BEGIN ', at + 11)) {
    header.lastIndex = at;
    const head = header.exec(text)?.[0];
    if (head === undefined || !keyFollows(text.slice(at + head.length, at + head.length + 1500))) continue;
    found.push(keyFinding(at, endOfKey(text, at + head.length)));
    if (found.length >= mostFindings) return found;
  }
  for (const { index, 0: match } of text.matchAll(putty)) found.push(keyFinding(index, index + match.length));
  return found;
}

/** Among the first lines, after the header fields of an encrypted key, one is of the key. */
function keyFollows(text: string): boolean {
  for (const line of text.split(/\r?\n|\\[nr]/, 12)) {
    const bare = line.replaceAll(/^[\s"'`+,]{1,20}|[\s"'`+,]{1,20}$/g, '');
    if (bare === '' || /^[A-Za-z-]{3,20}: ./.test(bare) || /^=.{4}$/.test(bare)) continue;
    return /^[A-Za-z0-9+/=]{40}/.test(bare);
  }
  return false;
}

function keyFinding(start: number, end: number): Finding {
  return { rule: 'private-key', kind: 'secret', title: 'private key', confidence: 'high', start, end };
}

function endOfKey(text: string, from: number): number {
  // A key has some 16 KB at most; one whose end is not found there is taken to the end of that room.
  const room = text.slice(from, from + 20_000);
  const end = room.indexOf('-----END');
  if (end === -1) return from + room.length;
  const close = room.indexOf('-----', end + 8);
  return from + (close === -1 ? end : close + 5);
}

const header = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const putty = /PuTTY-User-Key-File-[23]: [^\n]{1,60}(?:\n[^\n]{0,200}){1,60}?\nPrivate-Lines: \d{1,4}/g;
const mostFindings = 20;

import type { Finding } from './finding.ts';
import { isPlaceholder } from './randomness.ts';

/**
 * Passwords in addresses: `postgres://user:password@host`. On this machine or with the user's own name as password it is
 * somebody's development set-up, and only warned about.
 */
export function findUrlPasswords(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    credentials.lastIndex = at;
    const match = credentials.exec(text);
    const [whole, user = '', password = '', host = ''] = match ?? [];
    if (whole === undefined || isPlaceholder(password) || isPlaceholder(host) || common.has(password.toLowerCase()))
      continue;
    const harmless = password === user || /^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)/.test(host);
    const start = at + 3 + user.length + 1;
    const title = 'password in an address';
    const confidence = harmless || password.length < 6 ? 'low' : 'high';
    found.push({ rule: 'url-password', kind: 'secret', title, confidence, start, end: start + password.length });
    if (found.length >= 100) break;
  }
  return found;
}

const credentials = /:\/\/([^\s:/@"'`<>\\]{0,80}):([^\s:/@"'`<>\\]{3,120})@([\w.[\]:-]{1,120})/y;
const common = new Set([
  'password',
  'pass',
  'passwd',
  'pwd',
  'secret',
  'user',
  'token',
  'username',
  'postgres',
  'root',
]);

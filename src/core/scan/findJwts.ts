import { decodeBase64 } from './decodeBase64.ts';
import type { Finding } from './finding.ts';
import { isJsonObject, parseJson } from '../audit/canonicalJson.ts';

/** JSON Web Tokens with a signature. The sample of every manual (`John Doe`) and unsigned ones only warn. */
export function findJwts(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const { index, 0: match } of text.matchAll(jwt)) {
    const [head = '', claims = '', signature = ''] = match.split('.');
    const header = parseJson(decodeBase64(head) ?? '');
    if (!isJsonObject(header) || typeof header['alg'] !== 'string') continue;
    const sample = header['alg'] === 'none' || signature === '' || (decodeBase64(claims) ?? '').includes('John Doe');
    const confidence = sample ? 'low' : 'high';
    found.push({
      rule: 'jwt',
      kind: 'secret',
      title: 'signed token',
      confidence,
      start: index,
      end: index + match.length,
    });
    if (found.length >= 100) break;
  }
  return found;
}

const jwt = /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{4,8000}\.[\w-]{0,1000}/g;

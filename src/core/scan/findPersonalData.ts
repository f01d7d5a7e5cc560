import { passesIban, passesLuhn } from './checksums.ts';
import type { Finding } from './finding.ts';
import { nationalIds } from './nationalIds.ts';

/**
 * E-mail addresses, IBANs, payment cards and national ids that pass their checks. Samples (`example.com`) and addresses that
 * are nobody's (`noreply`) are left out. Time is linear in the length of the text.
 */
export function findPersonalData(text: string): readonly Finding[] {
  return [...emails(text), ...ibans(text), ...cards(text), ...nationalIds(text)];
}

function emails(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at + 1;
    const host = domain.exec(text)?.[0];
    if (host === undefined) continue;
    let start = at;
    while (start > 0 && at - start < 64 && /[\w.%+-]/.test(text.charAt(start - 1))) start--;
    const name = text.slice(start, at);
    if (!/\w/.test(name) || nobody.test(name) || samples.test(host)) continue;
    found.push(personal('email', 'e-mail address', { start, end: at + 1 + host.length }));
    if (found.length >= mostFindings) break;
  }
  return found;
}

function ibans(text: string): readonly Finding[] {
  return [...text.matchAll(iban)].slice(0, mostFindings).flatMap(({ index, 0: match }) => {
    const compact = match.replaceAll(' ', '');
    // What follows an IBAN in a sentence may look like one more group: only the country's own length counts.
    const length = ibanLengths.get(compact.slice(0, 2));
    if (length === undefined || compact.length < length || !passesIban(compact.slice(0, length))) return [];
    return [personal('iban', 'IBAN', { start: index, end: index + lengthWithSpaces(match, length) })];
  });
}

function lengthWithSpaces(text: string, characters: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) !== ' ' && ++seen === characters) return at + 1;
  }
  return text.length;
}

function cards(text: string): readonly Finding[] {
  return [...text.matchAll(card)].slice(0, mostFindings).flatMap(({ index, 0: match }) => {
    const digits = match.replaceAll(/[ -]/g, '');
    if (!isCardNumber(digits) || !passesLuhn(digits)) return [];
    return [personal('card', 'payment card', { start: index, end: index + match.length })];
  });
}

/** Issuers' ranges and lengths (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay. */
function isCardNumber(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  return /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/.test(
    digits,
  );
}

function personal(rule: string, title: string, { start, end }: { start: number; end: number }): Finding {
  return { rule, kind: 'personal', title, confidence: 'high', start, end };
}

const domain = /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w@])/y;
const nobody =
  /^(?:no-?reply|do-?not-?reply|git|user|username|name|you|me|someone|foo|bar|test|root|localhost)$|^\d+\+/i;
const samples =
  /(?:^|\.)(?:example\.(?:com|org|net)|test|example|invalid|localhost|local|noreply\.github\.com)$|\.(?:png|jpe?g|gif|svg|js|ts|css|json|html?|py|go|rs|md)$/i;
const iban = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const card = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const mostFindings = 200;

/** Characters of an IBAN by country, from the SWIFT registry. */
const ibanLengths: ReadonlyMap<string, number> = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 XK20'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

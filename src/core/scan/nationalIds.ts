import { modulo, passesLuhn, passesMod11Ten, weighted } from './checksums.ts';
import type { Finding } from './finding.ts';

/**
 * National ids by their official form and check digits: US SSN and ITIN, UK NINO, French NIR, Spanish DNI and NIE, Italian
 * codice fiscale, German tax number, Polish PESEL, Dutch BSN, Belgian national number, Swedish personnummer. Those that are
 * bare digits need their name close by: every tenth number passes a check digit.
 */
export function nationalIds(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const { rule, title, form, valid, near } of ids) {
    for (const { index, 0: match } of text.matchAll(form)) {
      if (!valid(match.replaceAll(/[\s.-]/g, '').toUpperCase())) continue;
      if (near !== undefined && !near.test(text.slice(Math.max(0, index - 60), index))) continue;
      found.push({ rule, kind: 'personal', title, confidence: 'high', start: index, end: index + match.length });
      if (found.length >= 200) return found;
    }
  }
  return found;
}

type NationalId = {
  readonly rule: string;
  readonly title: string;
  readonly form: RegExp;
  /** Of the id without separators, in capitals. */
  readonly valid: (id: string) => boolean;
  /** What must stand in the 60 characters before. */
  readonly near?: RegExp;
};

const ids: readonly NationalId[] = [
  { rule: 'us-ssn', title: 'US social security number', form: /(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])/g, valid: isSsn },
  {
    rule: 'uk-nino',
    title: 'UK national insurance number',
    form: /(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/g,
    valid: (id) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(id),
    near: /nino|national.insurance|insurance.n/i,
  },
  {
    rule: 'fr-nir',
    title: 'French social security number',
    form: /(?<![\w.-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|20|[2-4]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w-])/g,
    valid: isNir,
  },
  {
    rule: 'es-dni',
    title: 'Spanish DNI or NIE',
    form: /(?<![\w-])(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/g,
    valid: isDni,
  },
  {
    rule: 'it-cf',
    title: 'Italian codice fiscale',
    form: /(?<!\w)[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/g,
    valid: isCodiceFiscale,
  },
  {
    rule: 'de-tax',
    title: 'German tax number',
    form: /(?<![\w.-])[1-9]\d(?: ?\d{3}){3}(?![\w-])/g,
    valid: passesMod11Ten,
    near: /steuer|\bidnr|tax.?id|\btin\b/i,
  },
  {
    rule: 'pl-pesel',
    title: 'Polish PESEL',
    form: /(?<![\w.-])\d{11}(?![\w-])/g,
    valid: (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    near: /pesel/i,
  },
  {
    rule: 'nl-bsn',
    title: 'Dutch BSN',
    form: /(?<![\w.-])\d{9}(?![\w-])/g,
    valid: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    near: /\bbsn\b|burgerservice|sofi/i,
  },
  {
    rule: 'be-nrn',
    title: 'Belgian national number',
    form: /(?<![\w.-])\d{2}\.?\d{2}\.?\d{2}-?\d{3}\.?\d{2}(?![\w-])/g,
    valid: isBelgian,
    near: /rijksregister|registre.national|national.?(?:register|number)|\binsz\b|\bniss\b/i,
  },
  {
    rule: 'se-pnr',
    title: 'Swedish personnummer',
    form: /(?<![\w.-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]?\d{4}(?![\w-])/g,
    valid: (id) => passesLuhn(id.replace('+', '').slice(-10)),
    near: /personnummer|personal.?(?:identity)?.?n(?:umber|o|r)/i,
  },
];

/** Never issued: area 000, 666 and from 900 (of those, ITINs have a group of 50 and more), group 00, serial 0000. */
function isSsn(id: string): boolean {
  const [area, group, serial] = [Number(id.slice(0, 3)), Number(id.slice(3, 5)), Number(id.slice(5))];
  if (group === 0 || serial === 0 || area === 0 || area === 666) return false;
  // Two numbers became public by advertisements and are nobody's.
  if (id === '078051120' || id === '219099999' || id === '123456789') return false;
  return area < 900 || group >= 50;
}

/** The key is 97 less the remainder of the first thirteen digits; Corsica counts as 19 and 18. */
function isNir(id: string): boolean {
  const body = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - modulo(body, 97) === Number(id.slice(13));
}

function isDni(id: string): boolean {
  const number = id.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(number) % 23) === id.at(-1);
}

/** Values of the characters at odd places, by decree of 23 December 1976; those at even places count as they stand. */
function isCodiceFiscale(id: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const value = parseInt(id.charAt(at), 36);
    const rank = value < 10 ? value : value - 10;
    sum += at % 2 === 0 ? (odd[rank] ?? 0) : rank;
  }
  return String.fromCharCode(65 + (sum % 26)) === id.charAt(15);
}

/** 97 less the remainder of the first nine digits; who was born from 2000 on has a 2 before them. */
function isBelgian(id: string): boolean {
  const [body, key] = [id.slice(0, 9), Number(id.slice(9))];
  return 97 - (Number(body) % 97) === key || 97 - (Number(`2${body}`) % 97) === key;
}

import { canaryTokens } from './canaries.ts';

/** Texts of that many characters made to keep a pattern matcher busy, each with a name. */
export function hostileTexts(length: number): readonly (readonly [name: string, text: string])[] {
  const starts = canaryTokens.map(([rule, token]) => [`${rule} begun`, token.slice(0, 9)] as const);
  const almost = canaryTokens.map(([rule, token]) => [`${rule} almost`, `${token.slice(0, -1)}!`] as const);
  const units: readonly (readonly [string, string])[] = [
    ...starts,
    ...almost,
    ['letters', 'a'],
    ['capitals', 'AB'],
    ['digits', '4'],
    ['digits with spaces', '4 '],
    ['hexadecimal', '0f'],
    ['readable hexadecimal', '616263'],
    ['readable base64', 'aGVsbG8gd29ybGQg'],
    ['begun base64', 'abcdefghijklmnopqrstuv.'],
    ['percent', '%'],
    ['percent escapes', '%41'],
    ['percent apart', '%41 '],
    ['addresses', 'a@'],
    ['domains', 'a@a.a.a.a.a.a.a.a.'],
    ['url passwords', '://a:'],
    ['key headers', '-----BEGIN PRIVATE KEY-----'],
    ['key fields', '-----BEGIN RSA PRIVATE KEY-----\nAaa: aaa: aaa: aaa: '],
    ['putty', 'PuTTY-User-Key-File-2: x\n'],
    ['token heads', 'eyJ'],
    ['token dots', '.eyJaaaaaaaaaaaa'],
    ['assignments', 'password='],
    ['assignments of quotes', 'password="'],
    ['assignments of dots', 'password.password.'],
    ['ibans', 'DE89370400440532013000'],
    ['iban groups', 'DE89 3704 '],
    ['ids', '536-22-'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['newlines', '\n'],
    ['nulls', '\u0000'],
    ['astral', '\u{1f600}'],
    ['placeholders', '⟨email-1⟩'],
    ['placeholder begun', '⟨email-'],
  ];
  return units.map(([name, unit]) => [name, unit.repeat(Math.ceil(length / unit.length)).slice(0, length)]);
}

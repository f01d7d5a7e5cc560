/** Shannon entropy in bits per character: 0 for `aaaa`, about 3 for words, above 3.5 for random letters and digits. */
export function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a text only stands for a secret: `<your-key>`, `${TOKEN}`, `xxxxxxxx`, `changeme`, documentation's samples. */
export function isPlaceholder(text: string): boolean {
  return marks.test(text) || /^(.)\1*$/.test(text) || templates.test(text) || runs.test(text);
}

/** Whether a name says that what it names is secret: `DB_PASSWORD`, `apiKey`, `client-secret`. */
export function namesSecret(name: string): boolean {
  return secretNames.test(name);
}

const marks =
  /example|changeme|change[-_]me|placeholder|redacted|your[-_ ]|dummy|sample|insert[-_ ]|replace[-_ ]|todo|xxxx|\*\*\*|\.\.\./i;
const templates = /^\$[A-Za-z_]+$|^\$\(|^<.*>$|^\{\{|^\$\{|^%.*%$|^@.*@$|^process\.env|^env\(/;
const runs = /0123456789|1234567890|abcdefghij|(.)\1{7}/i;
const secretNames =
  /pass(?:wor[dt]|wd|phrase|code)|(?:^|[^a-z])pass(?:$|[^a-z])|pwd|secret|token|api[-_. ]?key|access[-_. ]?key|private[-_. ]?key|credential|auth(?:$|[-_. ])|signing|encryption[-_. ]?key|connection[-_. ]?string|(?:^|[-_. ])(?:key|salt|pin|dsn)$/i;

/** A short key for a text, so that no document text lies about in maps: two 32-bit FNV-1a lanes. Blind to `\r`. */
export function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13) continue;
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + 1;
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}
